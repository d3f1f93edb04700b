"""Text made safe for the place where it is shown."""


def clean(text: str) -> str:
    """Return text without characters that would steer a terminal: those are shown as escapes."""
    return "".join(c if c.isprintable() else _escaped(ord(c)) for c in text)


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def inert(text: str) -> str:
    """Return text that Markdown shows to the letter, in one line, and that calls nobody.

    GitHub looks for ``@name`` in the finished HTML, behind every backslash; a comment parts the two.
    """
    shown = "".join(f"\\{c}" if c in "\\`*_[]<>&|#!~$" else c for c in " ".join(text.split()))
    return shown.replace("@", "@<!-- -->")
