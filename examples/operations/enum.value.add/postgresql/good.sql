ALTER TYPE course ADD VALUE 'snack';
-- next migration
INSERT INTO recipes (id, title, course) VALUES (4, 'Nuts', 'snack');
