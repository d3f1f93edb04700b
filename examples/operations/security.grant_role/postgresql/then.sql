SET ROLE reporting;
SELECT title FROM recipes;
