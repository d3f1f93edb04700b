"""References and code in prose. Imports next to nothing."""

import re
from functools import lru_cache

REFERENCE = re.compile(r"\[\[([a-z-]+):([A-Za-z0-9_./-]+)\]\]")
"""A reference inside prose: ``[[runbook:restore]]``."""
CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
"""A code span, which is shown to the letter: a reference in it is none."""

_SPANS = re.compile(f"{CODE.pattern}|{REFERENCE.pattern}")
"""Code, and references outside of it: group 3 is the id."""


@lru_cache(maxsize=1024)
def plain_text(text: str) -> str:
    """Return prose on one line, with references as the ids that they name."""
    return _SPANS.sub(lambda found: found[3] or found[0], " ".join(text.split()))
