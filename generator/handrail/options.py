"""What a command may be told: the values of which the command line is made."""

from typing import NamedTuple

FORMATS = ("text", "json", "github", "sarif")


class Option(NamedTuple):
    """One option or argument of a command; ``settings`` go to ``argparse``."""

    names: tuple[str, ...]
    settings: dict[str, object]


class Command(NamedTuple):
    """One command: an example opens its help."""

    name: str
    summary: str
    examples: tuple[str, ...]
    options: tuple[Option, ...] = ()
    formats: tuple[str, ...] = ()


def flag(name: str, text: str) -> Option:
    """Return an option that is there or not."""
    return Option((name,), {"action": "store_true", "help": text})


def value(name: str, metavar: str, text: str, **more: object) -> Option:
    """Return an option, or an argument that may be left out; without it the value is ''."""
    kind = {} if name.startswith("-") else {"nargs": "?"}
    return Option((name,), {"default": "", "metavar": metavar, "help": text, **kind, **more})
