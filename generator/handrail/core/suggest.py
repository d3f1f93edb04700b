"""Did you mean ...?"""

from collections.abc import Iterable
from functools import lru_cache

LONGEST = 120
"""Characters of a word that is worth a guess; longer ones would take long to compare."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that is most like ``word``, capitals aside, or ''."""
    return "" if len(word) > LONGEST else _nearest(word, tuple(known))


@lru_cache(maxsize=256)  # one mistake is often made in many places
def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # slow to import, needed only on a mistake

    forms: dict[str, str] = {}
    for each in known:
        forms.setdefault(each.lower(), each)
    near = get_close_matches(word.lower(), list(forms), n=1, cutoff=0.6)
    return forms[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'?" for the nearest of ``known``, or ''."""
    near = nearest(word, known)
    return f"Did you mean '{near}'?" if near else ""


def with_guess(message: str, word: str, known: Iterable[str]) -> str:
    """Return ``message``, and the question of ``did_you_mean`` where there is one."""
    guess = did_you_mean(word, known)
    return f"{message}. {guess}" if guess else message
