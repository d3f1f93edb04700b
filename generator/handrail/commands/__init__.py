"""One use case, one file, one function -> outcome. They talk to ports only."""
