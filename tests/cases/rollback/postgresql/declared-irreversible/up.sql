-- handrail: irreversible: the nicknames go
ALTER TABLE users DROP COLUMN nickname;
