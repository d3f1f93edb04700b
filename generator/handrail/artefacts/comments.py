"""Comments, as each kind of file spells them."""

_COMMENTS = {
    "css": "/* {} */",
    "html": "<!-- {} -->",
    "js": "// {}",
    "json": "",
    "sql": "-- {}",
    "svg": "<!-- {} -->",
    "ts": "// {}",
    "xml": "<!-- {} -->",
}


def with_comment(path: str, body: str, note: str) -> str:
    """Return a body that is no Markdown below its comment, in the form of its kind of file.

    JSON knows no comment; a line that says how to read the file stays the first.
    """
    form = _COMMENTS.get(path.rpartition(".")[2], "# {}")
    if not form:
        return body
    first, rest = "", body
    if body.startswith(("#!", "<?xml")):
        first, _, rest = body.partition("\n")
        first += "\n"
    indent = rest[: len(rest) - len(rest.lstrip(" "))]
    return f"{first}{indent}{form.format(note)}\n{rest}"
