CREATE TABLE sums (id integer PRIMARY KEY, price integer NOT NULL, amount integer NOT NULL, total integer GENERATED ALWAYS AS (price * amount) STORED);
