-- case: history
CREATE TABLE files (id int PRIMARY KEY, article_id int, owner_id int);
CREATE TABLE owners (id int PRIMARY KEY, code int);
-- case: migration
ALTER TABLE files ADD COLUMN entity_id int, ADD COLUMN owner int;
UPDATE files SET entity_id = f.article_id FROM files f WHERE f.article_id IS NOT NULL;
UPDATE files SET owner = f.owner_id FROM files f WHERE f.id = files.id AND f.owner_id IS NOT NULL;
ALTER TABLE files DROP COLUMN article_id;
ALTER TABLE files DROP COLUMN owner_id;
-- case: expect
-- 2 column.add.optional files.entity_id (- -> integer)
-- 2 rows.update.some files.entity_id
-- 3 column.rename files.owner_id (owner_id -> owner)
-- 3 rows.update.some files.owner
-- 4 column.drop.optional files.article_id (integer -> -) The column was optional before.
-- 4 column.rename.as_drop_add files.article_id (article_id -> entity_id) One column was dropped and one of the same type added: the values do not move over.
