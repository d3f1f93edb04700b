-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text, phone text UNIQUE NULLS NOT DISTINCT);
-- case: migration
CREATE UNIQUE INDEX users_email_idx ON users (email) NULLS NOT DISTINCT;
ALTER TABLE users ADD COLUMN nickname text;
ALTER TABLE users ADD CONSTRAINT users_nickname_key UNIQUE NULLS NOT DISTINCT (nickname);
ALTER TABLE users DROP CONSTRAINT users_phone_key;
ALTER TABLE users ADD CONSTRAINT users_phone_key UNIQUE (phone);
-- case: expect
-- 1 unique.add users.email (- -> email) Two rows without a value are alike for it, NULLS NOT DISTINCT.
-- 2 column.add.optional users.nickname (- -> text)
-- 3 unique.add users.nickname (- -> nickname) Two rows without a value are alike for it, NULLS NOT DISTINCT.
-- 5 unique.add users.phone (- -> phone) It cannot fail: phone was unique already.
-- 5 unique.drop users.phone (phone -> -)
