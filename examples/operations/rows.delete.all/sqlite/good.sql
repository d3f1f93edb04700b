-- The condition was counted in a rehearsal: one row, and one rating with it.
DELETE FROM recipes WHERE id = 2;
