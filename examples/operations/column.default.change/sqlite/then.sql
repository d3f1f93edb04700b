INSERT INTO recipes (id, title) VALUES (3, 'Salad');
