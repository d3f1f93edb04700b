CREATE INDEX recipes_title ON recipes (title);
