SELECT setval('recipes_id_seq', (SELECT max(id) FROM recipes));
