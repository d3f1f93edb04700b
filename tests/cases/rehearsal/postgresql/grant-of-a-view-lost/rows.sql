INSERT INTO users VALUES (1, 'Ann@example.test', 'ann'), (2, 'ben@example.test', NULL), (3, 'Cy@example.test', 'cy');
INSERT INTO recipes VALUES (1, 1, 'Dal'), (2, 1, 'Salad'), (3, 2, 'Rice'), (4, NULL, '');
