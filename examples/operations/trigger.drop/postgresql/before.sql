CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT
);

INSERT INTO recipes (id, title, note) VALUES
    (1, 'Soup', 'with leeks'),
    (2, 'Bread', NULL),
    (3, 'Curry', 'mild');

CREATE TABLE removed_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
);

CREATE FUNCTION keep_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO removed_recipes (id, title) VALUES (OLD.id, OLD.title);
    RETURN OLD;
END
$$;

CREATE TRIGGER keep_removed_recipes BEFORE DELETE ON recipes
    FOR EACH ROW EXECUTE FUNCTION keep_removed();
