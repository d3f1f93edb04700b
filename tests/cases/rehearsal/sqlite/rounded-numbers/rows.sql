INSERT INTO items VALUES (1, 1.25, 3), (2, 2.5, 4), (3, 3.0, 5);
