INSERT INTO bills (note) VALUES ('a'), ('b'), ('c');
