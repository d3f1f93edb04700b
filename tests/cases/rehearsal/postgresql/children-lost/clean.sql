DELETE FROM users WHERE nickname = 'cy';
