INSERT INTO tags VALUES (1, 'hot'), (1, 'hot'), (2, 'cold');
