-- The number of a deleted row comes back.
DELETE FROM recipes WHERE id = 2;
INSERT INTO recipes (title) VALUES ('Salad');
