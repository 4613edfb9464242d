ALTER TABLE office_customer ADD CONSTRAINT office_customer_pkey PRIMARY KEY (id);
ALTER TABLE office_invoice ADD CONSTRAINT office_invoice_pkey PRIMARY KEY (id);
