PRAGMA foreign_keys=OFF;
CREATE TABLE new_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    note TEXT,
    paid INTEGER
);
INSERT INTO new_orders (id, note) SELECT id, note FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;
PRAGMA foreign_keys=ON;
