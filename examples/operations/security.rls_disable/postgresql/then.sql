-- The role may delete what it sees.
SET ROLE guest;
DELETE FROM recipes;
