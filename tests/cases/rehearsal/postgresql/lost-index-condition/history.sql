CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
CREATE UNIQUE INDEX users_nickname ON users (nickname) WHERE nickname IS NOT NULL;
