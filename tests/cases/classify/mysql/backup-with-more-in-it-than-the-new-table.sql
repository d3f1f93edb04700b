-- case: history
CREATE TABLE search (id INT NOT NULL PRIMARY KEY, title VARCHAR(200) NOT NULL, body TEXT);
-- case: migration
RENAME TABLE search TO search_old;
CREATE TABLE search (id INT NOT NULL PRIMARY KEY, content TEXT);
INSERT INTO search (id, content) SELECT id, body FROM search_old;
-- case: expect
-- 1 table.rename search (search -> search_old)
-- 2 table.create search
