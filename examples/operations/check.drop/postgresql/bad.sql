ALTER TABLE recipes DROP CONSTRAINT servings_positive;
