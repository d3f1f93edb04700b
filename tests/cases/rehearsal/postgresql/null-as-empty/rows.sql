INSERT INTO people VALUES (1, 'Ann', 'Smith'), (2, 'Ben', 'Jones');
INSERT INTO people VALUES (3, 'Cy', NULL);
