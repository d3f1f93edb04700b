ANALYZE items;
