-- Nothing reads or writes it any more, and the values are kept for one more release.
CREATE TABLE recipe_notes_kept AS SELECT id, note FROM recipes WHERE note IS NOT NULL;
-- next migration
ALTER TABLE recipes DROP COLUMN note;
