CREATE TYPE status AS ENUM ('open', 'paid', 'sent');
CREATE TABLE orders (id integer PRIMARY KEY, status status NOT NULL);
