ALTER TABLE recipes ADD CONSTRAINT servings_positive CHECK (servings > 0);
