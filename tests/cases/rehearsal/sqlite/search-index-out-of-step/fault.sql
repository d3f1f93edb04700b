UPDATE notes SET body = 'blue cheese' WHERE id = 2;
