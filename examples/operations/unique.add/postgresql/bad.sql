CREATE UNIQUE INDEX recipes_slug ON recipes (slug);
