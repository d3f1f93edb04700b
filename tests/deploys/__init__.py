"""Deploys as files, for the tests of the gate: tests/cases/deploy holds them."""
