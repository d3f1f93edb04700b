-- What a report does.
SELECT title FROM recipe_titles;
