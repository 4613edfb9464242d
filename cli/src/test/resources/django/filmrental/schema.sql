-- A film rental: arrays, ranges, an enum, a domain, a generated column, texts indexed by a trigger,
-- triggers that keep last_update, a store and its staff that reference each other, and payments in
-- partitions without a key.

CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'PG-13', 'R', 'NC-17');
CREATE DOMAIN year AS integer CHECK (VALUE BETWEEN 1901 AND 2155);

CREATE FUNCTION last_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.last_update := CURRENT_TIMESTAMP; RETURN NEW; END $$;

CREATE TABLE language (
    language_id serial PRIMARY KEY,
    name char(20) NOT NULL,
    last_update timestamp NOT NULL DEFAULT now()
);

CREATE TABLE film (
    film_id serial PRIMARY KEY,
    title varchar(255) NOT NULL,
    release_year year,
    language_id int NOT NULL REFERENCES language,
    original_language_id int REFERENCES language,
    rental_duration smallint NOT NULL,
    rental_rate numeric(4, 2) NOT NULL,
    rating mpaa_rating,
    last_update timestamp NOT NULL DEFAULT now(),
    special_features text[],
    scores int[],
    fulltext tsvector NOT NULL,
    revenue numeric(7, 2) GENERATED ALWAYS AS (rental_duration * rental_rate) STORED
);
CREATE TRIGGER film_fulltext BEFORE INSERT OR UPDATE ON film FOR EACH ROW
    EXECUTE FUNCTION tsvector_update_trigger('fulltext', 'pg_catalog.english', 'title');
CREATE TRIGGER last_updated BEFORE UPDATE ON film FOR EACH ROW EXECUTE FUNCTION last_updated();
CREATE TRIGGER last_updated BEFORE UPDATE ON language FOR EACH ROW EXECUTE FUNCTION last_updated();

CREATE TABLE store (
    store_id serial PRIMARY KEY,
    manager_id int NOT NULL,
    name varchar(40) NOT NULL
);
CREATE TABLE staff (
    staff_id serial PRIMARY KEY,
    username varchar(16) NOT NULL,
    store_id int NOT NULL REFERENCES store,
    active boolean NOT NULL,
    picture bytea
);
ALTER TABLE store ADD CONSTRAINT store_manager FOREIGN KEY (manager_id) REFERENCES staff;

CREATE TABLE rental (
    rental_id serial PRIMARY KEY,
    film_id int NOT NULL REFERENCES film,
    staff_id int NOT NULL REFERENCES staff,
    rental_period tsrange NOT NULL,
    copies int4range,
    last_update timestamp NOT NULL DEFAULT now()
);

CREATE TABLE payment (
    payment_id int NOT NULL,
    rental_id int NOT NULL REFERENCES rental,
    amount numeric(5, 2) NOT NULL,
    payment_date timestamp NOT NULL
) PARTITION BY RANGE (payment_date);
CREATE TABLE payment_2026 PARTITION OF payment FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE payment_other PARTITION OF payment DEFAULT;
