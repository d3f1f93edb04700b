ALTER TABLE recipes ADD COLUMN note text;
