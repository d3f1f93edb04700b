ALTER TABLE recipes ADD COLUMN note_before TEXT;
-- next migration
UPDATE recipes SET note_before = note, note = 'spicy' WHERE id > 1;
