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
CREATE TABLE log (user_id integer);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (new.id); RETURN new; END $$;
CREATE TRIGGER recipes_log AFTER UPDATE ON recipes FOR EACH ROW EXECUTE FUNCTION note();
