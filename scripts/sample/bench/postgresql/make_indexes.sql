ALTER TABLE office_customer ADD CONSTRAINT office_customer_code_key UNIQUE (code);
ALTER TABLE office_invoice ADD CONSTRAINT office_invoice_number_key UNIQUE (number);
CREATE INDEX office_invoice_customer_id ON office_invoice (customer_id);
ALTER TABLE office_invoice ADD CONSTRAINT office_invoice_customer_fk FOREIGN KEY (customer_id)
    REFERENCES office_customer (id) DEFERRABLE INITIALLY DEFERRED;
