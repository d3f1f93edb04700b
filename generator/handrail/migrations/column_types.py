"""What the types and defaults of each dialect mean for rows that are there."""

import re

_WIDER = {
    "postgresql": (
        (r"varchar\((\d+)\)|character varying\((\d+)\)", r"text|character varying|varchar"),
        (r"varchar|character varying", r"text"),
        (r"text", r"varchar|character varying"),
        (r"numeric\(\d+,\d+\)", r"numeric"),
    ),
    "mysql": (),
    "sqlite": (),
}
"""Dialect -> (type, wider type) pairs that change the catalog only.

PostgreSQL: documentation of ALTER TABLE, "Notes": no rewrite when the old type is binary coercible to
the new one; a longer varchar and an unconstrained numeric are.
"""

_VARCHAR = re.compile(r"(?i)(?:varchar|character varying)\((\d+)\)")
_NUMERIC = re.compile(r"(?i)(?:numeric|decimal)\((\d+),\s*(\d+)\)")
_ONE_BYTE = 255
_MYSQL_WIDTHS = (1, 2, 3, 4)
"""Bytes of a letter, by character set."""

_VOLATILE = {
    "postgresql": re.compile(
        r"(?i)\b(random|gen_random_uuid|uuid_generate_v\w+|clock_timestamp|timeofday|nextval|setval|"
        r"gen_random_bytes|uuidv[47])\s*\("
    ),
    "mysql": re.compile(r"(?i)\b(uuid|rand|uuid_short)\s*\("),
}


def is_wider(old: str, new: str, dialect: str) -> bool:
    """Tell whether every value fits the new type and, proven, the change touches the catalog only."""
    before, after = _VARCHAR.fullmatch(old), _VARCHAR.fullmatch(new)
    if before and after:
        return _longer(int(before[1]), int(after[1]), dialect)
    if dialect != "postgresql":
        return False
    before, after = _NUMERIC.fullmatch(old), _NUMERIC.fullmatch(new)
    if before and after:  # the scale must stay: another one rewrites the table
        return before[2] == after[2] and int(before[1]) <= int(after[1])
    return any(
        re.fullmatch(f"(?i){narrow}", old) and re.fullmatch(f"(?i){wide}", new)
        for narrow, wide in _WIDER[dialect]
    )


def _longer(old: int, new: int, dialect: str) -> bool:
    if dialect == "mysql":  # the length prefix grows from one to two bytes at 256: a copy of the table
        same = all((old * each > _ONE_BYTE) == (new * each > _ONE_BYTE) for each in _MYSQL_WIDTHS)
        return old <= new and same
    return old <= new


def is_volatile(default: str, dialect: str) -> bool:
    """Tell whether a default has another value for each row, so that adding the column writes them all."""
    pattern = _VOLATILE.get(dialect)
    return bool(pattern and pattern.search(default))


def enum_labels(kind: str) -> tuple[str, ...]:
    """Return the values of an inline enum or set (MySQL), or ()."""
    if not re.match(r"(?i)(?:enum|set)\s*\(", kind):
        return ()
    return tuple(each.replace("''", "'") for each in re.findall(r"'((?:[^']|'')*)'", kind))
