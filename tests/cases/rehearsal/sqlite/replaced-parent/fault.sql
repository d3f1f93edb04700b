INSERT OR REPLACE INTO users VALUES (1, 'Ann@example.test', 'ann');
