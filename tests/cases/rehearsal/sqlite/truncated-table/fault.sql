DELETE FROM people;
INSERT INTO people VALUES (1, 'Ann', 'Smith');
