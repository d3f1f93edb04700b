ALTER TABLE recipes ADD COLUMN note_before TEXT;
-- next migration
-- One batch of several.
UPDATE recipes SET note_before = note, note = 'to be checked' WHERE id BETWEEN 1 AND 1000;
