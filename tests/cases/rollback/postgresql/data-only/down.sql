UPDATE users SET bio = NULL;
