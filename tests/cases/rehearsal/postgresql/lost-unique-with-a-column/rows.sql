INSERT INTO users VALUES (1, 'Ann@example.test', 'ann'), (2, 'ben@example.test', NULL), (3, 'Cy@example.test', 'cy');
