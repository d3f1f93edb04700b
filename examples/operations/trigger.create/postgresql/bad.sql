CREATE TRIGGER keep_removed_recipes BEFORE DELETE ON recipes
    FOR EACH ROW EXECUTE FUNCTION keep_removed();
