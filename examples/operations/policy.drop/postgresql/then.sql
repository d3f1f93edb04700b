-- The role may delete what it sees.
SET ROLE visitor;
DELETE FROM recipes;
