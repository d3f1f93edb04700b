-- What the release before still does.
INSERT INTO recipes (id, title) VALUES (4, 'Salad');
