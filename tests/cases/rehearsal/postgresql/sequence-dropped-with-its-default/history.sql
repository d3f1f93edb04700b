CREATE TABLE bills (id serial PRIMARY KEY, note text);
