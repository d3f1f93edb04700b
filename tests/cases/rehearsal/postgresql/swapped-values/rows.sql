INSERT INTO people VALUES (1, 'Ann', 'Smith'), (2, 'Ben', 'Jones');
