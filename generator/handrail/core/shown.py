"""Text made safe for the place where it is shown."""

import re


def clean(text: str) -> str:
    """Return text without characters that would steer a terminal: those are shown as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escaped(ord(c)) for c in text)


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def defused(text: str, *, json: bool = False) -> str:
    """Return output in which GitHub Actions finds no command: it reads every line that a step prints.

    It takes ``::error::`` at the beginning of a line and ``##[error]`` anywhere.
    """
    if json:
        return text.replace("##[", "#\\u0023[")
    return re.sub(r"(?m)^(\s*)::", r"\1: :", text.replace("##[", "# #["))


def inert(text: str) -> str:
    """Return text that Markdown shows to the letter, in one line, and that calls nobody.

    GitHub looks for ``@name`` in the finished HTML, behind every backslash; a comment parts the two.
    """
    shown = "".join(f"\\{c}" if c in "\\`*_[]<>&|#!~$" else c for c in " ".join(text.split()))
    return shown.replace("@", "@<!-- -->")


def code(text: str) -> str:
    """Return text as a code span that may stand in a table, or inert where a span cannot hold it."""
    flat = " ".join(text.split())
    return inert(flat) if not flat or set(flat) & set("`|\\") else f"`{flat}`"
