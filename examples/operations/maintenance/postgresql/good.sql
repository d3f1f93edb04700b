-- outside a transaction
REINDEX TABLE CONCURRENTLY recipes;
