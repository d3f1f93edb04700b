CREATE TABLE users (
    id integer PRIMARY KEY,
    email varchar(40) NOT NULL,
    nickname text
);
CREATE TABLE recipes (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL
);
ALTER TABLE recipes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON recipes USING (user_id = 1);
