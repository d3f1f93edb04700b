-- Expand: the new release writes both. The old column goes one release later.
ALTER TABLE recipes ADD COLUMN remark TEXT;
UPDATE recipes SET remark = note WHERE note IS NOT NULL;
