"""Rows for a schema that has none, made from its folded picture."""
