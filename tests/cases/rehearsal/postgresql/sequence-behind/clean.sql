INSERT INTO bills VALUES (10, 'd');
SELECT setval('bills_id_seq', 10);
