PRAGMA foreign_keys=OFF;
CREATE TABLE new_items (
    id INTEGER PRIMARY KEY,
    price INTEGER NOT NULL,
    amount INTEGER NOT NULL
);
INSERT INTO new_items (id, price, amount) SELECT id, CAST(price AS INTEGER), amount FROM items;
DROP TABLE items;
ALTER TABLE new_items RENAME TO items;
PRAGMA foreign_keys=ON;
