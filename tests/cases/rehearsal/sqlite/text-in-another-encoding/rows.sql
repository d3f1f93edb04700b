INSERT INTO people VALUES (1, 'Zoë', 'Brontë'), (2, 'Ben', 'Jones');
