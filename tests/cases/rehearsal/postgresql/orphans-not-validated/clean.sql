UPDATE plans SET user_id = NULL WHERE user_id NOT IN (SELECT id FROM users);
ALTER TABLE plans ADD CONSTRAINT plans_user_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
ALTER TABLE plans VALIDATE CONSTRAINT plans_user_fk;
