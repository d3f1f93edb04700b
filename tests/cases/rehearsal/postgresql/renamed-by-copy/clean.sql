ALTER TABLE people RENAME COLUMN last TO surname;
