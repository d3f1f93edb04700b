INSERT INTO people VALUES (1, 'Ann', 'Smith'), (2, 'Ben', 'Jones');
INSERT INTO log VALUES (1, 'first'), (2, 'second');
