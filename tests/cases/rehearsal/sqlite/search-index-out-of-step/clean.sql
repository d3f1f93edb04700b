UPDATE notes SET body = 'blue cheese' WHERE id = 2;
INSERT INTO notes_search(notes_search) VALUES ('rebuild');
