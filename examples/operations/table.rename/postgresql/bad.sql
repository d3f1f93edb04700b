ALTER TABLE recipes RENAME TO dishes;
