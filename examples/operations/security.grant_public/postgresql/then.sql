SET ROLE passer_by;
SELECT title FROM recipes;
