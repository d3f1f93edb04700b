CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
ALTER TABLE users ADD CONSTRAINT reachable CHECK (email <> '' OR nickname IS NOT NULL);
