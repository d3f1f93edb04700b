INSERT INTO bills (note) VALUES ('a'), ('b'), ('c');
DELETE FROM bills WHERE id > 1;
