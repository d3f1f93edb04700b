-- A recipe is marked, and nobody deletes rows.
ALTER TABLE recipes ADD COLUMN deleted_at TIMESTAMP;
