SELECT setval('recipes_id_seq', 1);
