INSERT INTO tags VALUES (1, 'hot'), (1, 'quick'), (2, 'cold');
INSERT INTO labels VALUES (1, 'a'), (1, 'b'), (2, 'c');
