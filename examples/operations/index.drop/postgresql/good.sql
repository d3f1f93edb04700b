-- outside a transaction
DROP INDEX CONCURRENTLY recipes_title;
