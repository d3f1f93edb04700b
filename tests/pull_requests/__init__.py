"""Pull requests as files, for the tests of the gate: tests/cases/review holds them."""
