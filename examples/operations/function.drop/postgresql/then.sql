-- What a query of the application does.
SELECT shout(title) FROM recipes;
