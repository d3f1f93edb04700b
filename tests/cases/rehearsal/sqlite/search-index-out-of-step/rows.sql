INSERT INTO notes VALUES (1, 'red lentils'), (2, 'green salad');
INSERT INTO notes_search(notes_search) VALUES ('rebuild');
