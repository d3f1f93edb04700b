UPDATE users SET email = email;
