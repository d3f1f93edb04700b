"""Handrail: one migration policy, read by people, asked by GitHub, enforced by CI."""

__version__ = "0.1.0"
