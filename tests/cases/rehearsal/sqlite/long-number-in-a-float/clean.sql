PRAGMA foreign_keys=OFF;
CREATE TABLE new_orders (
    id INTEGER PRIMARY KEY,
    number VARCHAR(30) NOT NULL
);
INSERT INTO new_orders (id, number) SELECT id, number FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;
PRAGMA foreign_keys=ON;
