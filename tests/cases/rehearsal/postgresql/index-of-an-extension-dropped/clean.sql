DROP INDEX users_search;
DROP EXTENSION pg_trgm;
