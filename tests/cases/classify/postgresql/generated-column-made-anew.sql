-- case: history
CREATE TABLE posts (title text NOT NULL, search text GENERATED ALWAYS AS (upper(title)) STORED);
-- case: migration
ALTER TABLE posts DROP COLUMN search;
ALTER TABLE posts ADD COLUMN search text GENERATED ALWAYS AS (lower(title)) STORED;
-- case: expect
-- 2 column.generated.change posts.search (stored -> stored)
