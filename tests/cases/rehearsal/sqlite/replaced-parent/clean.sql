INSERT INTO users VALUES (1, 'Ann@example.test', 'ann') ON CONFLICT (id) DO UPDATE SET nickname = 'ann';
