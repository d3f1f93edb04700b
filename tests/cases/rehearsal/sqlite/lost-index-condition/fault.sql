DROP INDEX users_nickname;
CREATE UNIQUE INDEX users_nickname ON users (nickname);
