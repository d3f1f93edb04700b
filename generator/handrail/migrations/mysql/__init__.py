"""MySQL's and MariaDB's dialect, read with a reader of our own."""
