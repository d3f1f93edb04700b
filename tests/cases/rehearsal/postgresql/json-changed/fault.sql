ALTER TABLE docs ALTER COLUMN body TYPE jsonb USING (body::jsonb - 'b');
