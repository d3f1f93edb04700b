-- The number of a deleted row comes back.
UPDATE sqlite_sequence SET seq = 1 WHERE name = 'recipes';
