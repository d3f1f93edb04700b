CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    owner TEXT NOT NULL
);

INSERT INTO recipes (id, title, owner) VALUES
    (1, 'Soup', 'guest'),
    (2, 'Bread', 'ada'),
    (3, 'Curry', 'ada');

CREATE ROLE guest;
GRANT SELECT, DELETE ON recipes TO guest;
ALTER TABLE recipes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_recipes ON recipes USING (owner = current_user);
