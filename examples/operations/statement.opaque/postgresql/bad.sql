DO $$
BEGIN
    EXECUTE 'DELETE FROM ' || 'recipes';
END
$$;
