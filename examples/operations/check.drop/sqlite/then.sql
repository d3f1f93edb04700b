INSERT INTO recipes (id, title, servings) VALUES (3, 'Salad', -2);
