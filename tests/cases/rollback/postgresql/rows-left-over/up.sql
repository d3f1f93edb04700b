INSERT INTO users VALUES (3, 'cy@example.test', NULL);
