UPDATE users SET nickname = 'new';
