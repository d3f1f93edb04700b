ALTER TABLE recipes DISABLE TRIGGER recipes_log;
UPDATE recipes SET title = 'none' WHERE title = '';
ALTER TABLE recipes ENABLE TRIGGER recipes_log;
