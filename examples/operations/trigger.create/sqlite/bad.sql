CREATE TRIGGER keep_removed_recipes BEFORE DELETE ON recipes
BEGIN
    INSERT INTO removed_recipes (id, title) VALUES (OLD.id, OLD.title);
END;
