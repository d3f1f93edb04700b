INSERT INTO users VALUES (1, 'ann@example.test', 'ann'), (2, 'ben@example.test', NULL);
