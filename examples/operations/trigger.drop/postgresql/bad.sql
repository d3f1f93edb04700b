DROP TRIGGER keep_removed_recipes ON recipes;
