CREATE INDEX CONCURRENTLY recipes_title ON recipes (title);
