CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
ALTER TABLE users ADD CONSTRAINT users_both UNIQUE (email, nickname);
