CREATE TABLE docs (id integer PRIMARY KEY, body json NOT NULL, ref text NOT NULL, zip text NOT NULL);
