"""What libyaml says about a file that is no YAML, in words that need no knowledge of its grammar."""

_PLAIN = {
    "block sequence entries are not allowed in this context": (
        "a dash where no list can begin",
        "Begin the list on a line of its own, or quote a text that begins with '- '.",
    ),
    "could not find expected ':'": ("no ': ' in this line", "Write key: value, or - and an entry."),
    "did not find expected alphabetic or numeric character": (
        "& and * begin no text",
        "Put a text that begins with & or * in quotes.",
    ),
    "found character that cannot start any token": (
        "this character begins no text",
        "Put a text that begins with it in quotes.",
    ),
    "found unexpected end of stream": ("the quotes that open here do not close", "Close them."),
    "found unknown escape character": (
        "unknown escape in double quotes",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    "mapping values are not allowed in this context": (
        "a colon where no key can stand",
        "Quote a text that holds ': ', and look at the indentation.",
    ),
}

SEEN_LATE = ("could not find expected ':'", "found unexpected end of stream")
"""Problems that libyaml notices only after the place that they are at."""


def in_plain_words(problem: str) -> tuple[str, str]:
    """Return a message and a hint for a problem as libyaml names it."""
    return _PLAIN.get(problem, (problem, "Look at the indentation, and at quotes and brackets."))
