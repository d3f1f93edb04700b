UPDATE recipes SET note = 'to be checked';
