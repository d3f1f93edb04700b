INSERT INTO recipes (id, title) VALUES (4, 'Salad');
INSERT INTO recipes (id, title) VALUES (1, 'Stew');
