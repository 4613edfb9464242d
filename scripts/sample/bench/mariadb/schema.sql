-- What scripts/bench --goals moves: customers and their invoices, as Django's migrations make such tables.

CREATE TABLE office_customer (
    id bigint AUTO_INCREMENT PRIMARY KEY,
    code varchar(12) NOT NULL,
    name varchar(200) NOT NULL,
    email varchar(254) NOT NULL,
    born date,
    rate numeric(10, 2) NOT NULL,
    active bool NOT NULL,
    notes longtext NOT NULL,
    created datetime(6) NOT NULL
);
CREATE TABLE office_invoice (
    id bigint AUTO_INCREMENT PRIMARY KEY,
    customer_id bigint NOT NULL,
    number varchar(20) NOT NULL,
    subject varchar(200) NOT NULL,
    issued date NOT NULL,
    due date,
    net numeric(12, 2) NOT NULL,
    vat numeric(5, 2),
    paid bool NOT NULL,
    notes longtext NOT NULL,
    created datetime(6) NOT NULL,
    changed datetime(6) NOT NULL
);
