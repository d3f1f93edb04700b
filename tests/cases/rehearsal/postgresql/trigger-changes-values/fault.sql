UPDATE people SET first = 'Bo' WHERE id = 2;
