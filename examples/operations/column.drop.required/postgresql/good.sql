-- Optional first: both releases can write. The drop follows one release later.
ALTER TABLE recipes ALTER COLUMN title DROP NOT NULL;
