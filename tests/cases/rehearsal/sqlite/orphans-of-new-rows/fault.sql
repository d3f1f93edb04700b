PRAGMA foreign_keys=OFF;
INSERT INTO recipes VALUES (9, 99, 'Nobody''s');
