BEGIN;
INSERT INTO recipes (id, title) VALUES (4, 'Salad');
COMMIT;
INSERT INTO recipes (id, title) VALUES (1, 'Stew');
