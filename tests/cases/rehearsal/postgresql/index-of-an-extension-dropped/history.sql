CREATE EXTENSION pg_trgm;
CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
CREATE INDEX users_search ON users USING gin (email gin_trgm_ops);
