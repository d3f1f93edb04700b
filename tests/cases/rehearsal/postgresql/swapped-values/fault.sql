UPDATE people p SET first = (SELECT o.first FROM people o WHERE o.id = 3 - p.id);
