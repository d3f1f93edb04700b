INSERT INTO recipes VALUES (9, 3, 'Cy''s');
