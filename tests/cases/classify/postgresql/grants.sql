-- case: history
CREATE TABLE t (id int);
CREATE ROLE reader;
-- case: migration
GRANT SELECT ON t TO PUBLIC;
GRANT SELECT, INSERT ON TABLE t TO reader;
GRANT USAGE ON SCHEMA public TO reader;
REVOKE ALL ON t FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM reader;
-- case: expect
-- 1 security.grant_public t
-- 2 security.grant_role t
-- 3 security.grant_role
-- 4 statement.other
-- 5 security.grant_public
-- 6 statement.other
