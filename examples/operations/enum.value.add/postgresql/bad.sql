-- Added and used in one migration.
ALTER TYPE course ADD VALUE 'snack';
INSERT INTO recipes (id, title, course) VALUES (4, 'Nuts', 'snack');
