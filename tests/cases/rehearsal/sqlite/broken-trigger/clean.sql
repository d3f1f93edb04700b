DROP TRIGGER users_log;
DROP TABLE log;
