CREATE POLICY no_broth ON recipes AS RESTRICTIVE USING (title NOT IN ('Soup', 'Broth'));
-- next migration
DROP POLICY no_soup ON recipes;
