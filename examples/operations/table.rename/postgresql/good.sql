-- The table keeps its name; new code reads it under the new one.
CREATE VIEW dishes AS SELECT id, title, note FROM recipes;
