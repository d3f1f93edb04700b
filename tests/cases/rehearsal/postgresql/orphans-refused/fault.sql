ALTER TABLE plans ADD CONSTRAINT plans_user_fk FOREIGN KEY (user_id) REFERENCES users (id);
