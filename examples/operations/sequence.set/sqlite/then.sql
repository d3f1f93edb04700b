INSERT INTO recipes (title) VALUES ('Salad');
