INSERT INTO recipes (id, slug, title) VALUES (4, 'soup', 'Another soup');
