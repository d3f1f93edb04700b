INSERT INTO items VALUES (1, 5, 3), (2, 2, 4);
