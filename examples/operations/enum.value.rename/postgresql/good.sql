ALTER TYPE course ADD VALUE 'sweet';
-- next migration
UPDATE recipes SET course = 'sweet' WHERE course = 'dessert';
