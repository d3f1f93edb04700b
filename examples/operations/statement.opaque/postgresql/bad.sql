DO $$
BEGIN
    EXECUTE 'DELETE FROM recipes WHERE id >= ' || (SELECT min(recipe_id) FROM ratings);
END
$$;
