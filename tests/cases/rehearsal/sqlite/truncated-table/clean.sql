INSERT INTO people VALUES (3, 'Cy', 'Young');
