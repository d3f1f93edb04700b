CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    owner TEXT NOT NULL
);

INSERT INTO recipes (id, title, owner) VALUES
    (1, 'Soup', 'visitor'),
    (2, 'Bread', 'ada'),
    (3, 'Curry', 'ada');

CREATE ROLE visitor;
GRANT SELECT, DELETE ON recipes TO visitor;
ALTER TABLE recipes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_recipes ON recipes USING (owner = current_user);
CREATE POLICY no_soup ON recipes AS RESTRICTIVE USING (title <> 'Soup');
