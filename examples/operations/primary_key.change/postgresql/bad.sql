ALTER TABLE recipes DROP CONSTRAINT recipes_key;
ALTER TABLE recipes ADD CONSTRAINT recipes_key PRIMARY KEY (slug);
