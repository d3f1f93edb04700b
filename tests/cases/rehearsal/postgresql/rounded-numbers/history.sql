CREATE TABLE items (id bigint PRIMARY KEY, price numeric(10,2) NOT NULL, weight real NOT NULL, amount integer NOT NULL);
