-- What an administrator takes off before a big load; make_indexes.sql puts it back. The primary key is the table itself.
ALTER TABLE office_invoice DROP FOREIGN KEY office_invoice_customer_fk;
ALTER TABLE office_invoice DROP KEY office_invoice_number_key, DROP KEY office_invoice_customer_id;
ALTER TABLE office_customer DROP KEY office_customer_code_key;
