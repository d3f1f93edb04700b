-- What the release before still does.
UPDATE recipes SET note = 'quick' WHERE id = 2;
