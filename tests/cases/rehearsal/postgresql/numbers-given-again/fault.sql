SELECT setval('bills_id_seq', 1);
