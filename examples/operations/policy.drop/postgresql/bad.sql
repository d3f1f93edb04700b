DROP POLICY no_soup ON recipes;
