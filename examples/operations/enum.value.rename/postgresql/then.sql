-- What the release before still does.
INSERT INTO recipes (id, title, course) VALUES (4, 'Pie', 'dessert');
