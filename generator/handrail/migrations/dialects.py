"""Which dialect a script is written in, when nobody says so."""

import re
from collections import Counter
from collections.abc import Iterable

from handrail.migrations.quotes import Dialect

NAMES: dict[str, Dialect] = {
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "libsql": "sqlite",
    "turso": "sqlite",
    "d1": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "pgsql": "postgresql",
    "psql": "postgresql",
    "pg": "postgresql",
    "cockroach": "postgresql",
    "cockroachdb": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
}
"""What providers and folders are called."""

_PROVIDER = re.compile(r"""^[ \t]*provider[ \t]*=[ \t]*["']([^"']*)["']""", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_COMMENT = re.compile(r"--[^\n]*")
_READ = 200_000
"""Characters of a script that are read for signs of its dialect."""

_SIGNS: dict[Dialect, re.Pattern[str]] = {
    "sqlite": re.compile(
        r"\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT\s+ROWID\b|\bsqlite_|\bstrftime\s*\(|\bDATETIME\('now'"
        r"|\bINTEGER\s+(?:NOT\s+NULL\s+)?PRIMARY\s+KEY\b|`\s+TEXT\s+PRIMARY\s+KEY\b|\bINSERT\s+OR\s+\w+\s+INTO\b|\bUSING\s+fts5\b",
        re.IGNORECASE,
    ),
    "postgresql": re.compile(
        r"\b(?:BIG|SMALL)?SERIAL\b|\bJSONB\b|\$\w*\$|\bTIMESTAMPTZ\b|\bTIMESTAMP\s+WITH\b|\bBYTEA\b|\bCITEXT\b"
        r"|\bplpgsql\b|\bCREATE\s+(?:EXTENSION|TYPE|SCHEMA|SEQUENCE)\b|::[a-z]|\bUSING\s+(?:gin|gist|btree)\b"
        r"|\bgen_random_uuid\b|\bnextval\b|\bALTER\s+COLUMN\s+\S+\s+(?:SET\s+(?:DATA|NOT)|DROP\s+NOT|TYPE)\b"
        r"|\bTEXT\[\]|\bCONCURRENTLY\b|\bILIKE\b|\bCREATE\s+POLICY\b|\bALTER\s+TABLE\s+ONLY\b|\bTIMESTAMP\(3\)",
        re.IGNORECASE,
    ),
    "mysql": re.compile(
        r"\bAUTO_INCREMENT\b|\bENGINE\s*=|`[^`\n]+`|\bCHARACTER\s+SET\b|\bCHARSET\s*=|\bUNSIGNED\b|^DELIMITER\b"
        r"|\b(?:MEDIUM|LONG|TINY)(?:TEXT|BLOB|INT)\b|\bMODIFY\s+(?:COLUMN\b)?|\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b"
        r"|\bDATETIME\(\d\)|\bENUM\s*\('|/\*!\d",
        re.IGNORECASE | re.MULTILINE,
    ),
}


def dialect_named(name: str) -> Dialect | None:
    """Return the dialect of a provider, engine or folder of that name."""
    return NAMES.get(name.lower())


def dialect_in_path(folder: str) -> Dialect | None:
    """Return the dialect that a folder's path names, as ``migrations/mysql`` does; the last name counts."""
    words = (word for word in reversed(_WORD.findall(folder.lower())) if word in NAMES)
    return next((NAMES[word] for word in words), None)


def provider_in(lock: str) -> str:
    """Return the provider that the text of a ``migration_lock.toml`` names, or ''."""
    found = _PROVIDER.search(lock)
    return found[1] if found else ""


def guess_dialect(texts: Iterable[str]) -> tuple[Dialect | None, str]:
    """Return the dialect with most signs in the scripts of one history, and its first sign.

    Names in backticks alone count once: SQLite takes them too.
    """
    votes: Counter[Dialect] = Counter()
    first: dict[Dialect, str] = {}
    ticks = 0
    for text in texts:
        said = _COMMENT.sub("", text[:_READ])
        for dialect, signs in _SIGNS.items():
            found = {_kind(sign[0]): sign[0] for sign in signs.finditer(said)}
            weak = found.keys() == {"`"} if dialect == "mysql" else False
            votes[dialect] += 0 if weak and ticks else len(found)
            ticks += weak
            if found:
                first.setdefault(dialect, " ".join(next(iter(found.values())).split()))
    best, score = max(votes.items(), key=lambda each: each[1], default=(None, 0))
    return (best, first[best]) if best and score else (None, "")


def _kind(sign: str) -> str:
    """Return what kind of sign it is: all names in backticks are one."""
    return sign[0] if sign[0] in "`$:" else sign.upper()
