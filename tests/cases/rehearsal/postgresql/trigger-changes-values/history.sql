CREATE TABLE people (id integer PRIMARY KEY, first text NOT NULL, last text NOT NULL);
CREATE TABLE log (person integer PRIMARY KEY, note text);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE log SET note = 'touched' WHERE person = new.id; RETURN new; END $$;
CREATE TRIGGER touched AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
