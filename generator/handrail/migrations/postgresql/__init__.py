"""PostgreSQL's dialect, read with PostgreSQL's own grammar."""
