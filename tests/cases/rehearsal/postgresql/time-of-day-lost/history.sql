CREATE TABLE events (id integer PRIMARY KEY, at timestamp NOT NULL, made bigint NOT NULL);
