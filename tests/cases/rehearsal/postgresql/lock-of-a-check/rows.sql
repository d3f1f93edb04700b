INSERT INTO items VALUES (1, 1.25, 0.5, 3), (2, 2.50, 1.75, 4), (3, 30.00, 2, 5);
