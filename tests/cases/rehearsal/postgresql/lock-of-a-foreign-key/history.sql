CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
CREATE TABLE plans (id integer PRIMARY KEY, user_id integer, note text);
