-- case: history
CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE profiles (user_id int PRIMARY KEY, bio text);
-- case: migration
ALTER TABLE users ADD COLUMN bio text;
UPDATE users SET bio = p.bio FROM profiles p WHERE p.user_id = users.id;
DROP TABLE profiles;
-- case: expect
-- 2 column.add.optional users.bio (- -> text)
-- 2 rows.update.some users.bio
-- 3 table.drop profiles
