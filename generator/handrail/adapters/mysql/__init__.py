"""MySQL and MariaDB: scratch databases on the user's server, and what is read of them."""
