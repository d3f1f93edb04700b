"""SQLite's dialect: an in-memory SQLite runs the script, and its catalog is compared."""
