-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT);
CREATE TABLE recipes (
    id TEXT NOT NULL PRIMARY KEY,
    userId TEXT NOT NULL,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL DEFAULT 4,
    CONSTRAINT recipes_userId_fkey FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX recipes_userId_idx ON recipes (userId);
CREATE VIEW titles AS SELECT title FROM recipes;
-- case: migration
DROP VIEW titles;
CREATE VIEW titles AS SELECT id, title FROM recipes;
CREATE VIEW names AS SELECT email FROM users;
CREATE TRIGGER t AFTER INSERT ON recipes BEGIN DELETE FROM users WHERE 0; END;
-- case: expect
-- 2 view.replace titles (- -> titles)
-- 3 view.create names (- -> names)
-- 4 trigger.create recipes (- -> t)
