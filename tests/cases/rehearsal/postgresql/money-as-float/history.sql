CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric(30,10) NOT NULL);
