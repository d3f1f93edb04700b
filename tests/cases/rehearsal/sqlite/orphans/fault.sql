PRAGMA foreign_keys=OFF;
DELETE FROM users WHERE id = 2;
PRAGMA foreign_keys=ON;
