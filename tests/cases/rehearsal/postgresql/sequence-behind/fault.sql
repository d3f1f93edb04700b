INSERT INTO bills VALUES (10, 'd');
