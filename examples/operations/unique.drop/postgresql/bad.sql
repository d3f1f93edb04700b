DROP INDEX recipes_slug;
