"""Did you mean ...?"""

from collections.abc import Iterable
from functools import lru_cache


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'?" for the nearest of ``known``, or ''."""
    return _nearest(word, tuple(known))


@lru_cache(maxsize=256)  # one mistake is often made in many places
def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # slow to import, needed only on a mistake

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else ""
