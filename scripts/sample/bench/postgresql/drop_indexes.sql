-- What an administrator takes off before a big load; make_indexes.sql puts it back.
ALTER TABLE office_invoice DROP CONSTRAINT office_invoice_customer_fk;
ALTER TABLE office_invoice DROP CONSTRAINT office_invoice_number_key;
ALTER TABLE office_invoice DROP CONSTRAINT office_invoice_pkey;
ALTER TABLE office_customer DROP CONSTRAINT office_customer_code_key;
ALTER TABLE office_customer DROP CONSTRAINT office_customer_pkey;
DROP INDEX office_invoice_customer_id;
