ALTER TABLE items ADD CONSTRAINT positive CHECK (amount > 0);
