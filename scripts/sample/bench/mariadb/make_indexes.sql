ALTER TABLE office_customer ADD UNIQUE KEY office_customer_code_key (code);
ALTER TABLE office_invoice ADD UNIQUE KEY office_invoice_number_key (number), ADD KEY office_invoice_customer_id (customer_id);
ALTER TABLE office_invoice ADD CONSTRAINT office_invoice_customer_fk FOREIGN KEY (customer_id) REFERENCES office_customer (id);
