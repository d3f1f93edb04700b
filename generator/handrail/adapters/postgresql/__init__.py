"""PostgreSQL: servers, scratch databases, and what is read of them."""
