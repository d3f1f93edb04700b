ALTER TABLE recipes DROP CONSTRAINT recipes_user_id_fkey;
ALTER TABLE recipes ADD CONSTRAINT recipes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
