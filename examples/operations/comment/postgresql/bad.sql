COMMENT ON COLUMN recipes.note IS 'What the cook should know';
