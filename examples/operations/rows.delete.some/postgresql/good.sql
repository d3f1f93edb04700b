-- The rows are marked, and stay.
ALTER TABLE recipes ADD COLUMN deleted_at TIMESTAMP;
-- next migration
UPDATE recipes SET deleted_at = '2026-01-01' WHERE note IS NOT NULL;
