INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (9, 'c');
DELETE FROM orders WHERE id = 9;
