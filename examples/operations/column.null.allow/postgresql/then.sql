INSERT INTO recipes (id, title) VALUES (4, NULL);
