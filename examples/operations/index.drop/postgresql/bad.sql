DROP INDEX recipes_title;
