"""The last touch to generated Markdown: padded tables, single blank lines, settled pipes."""

import re
import unicodedata

from handrail.artefacts.prose import PIPE, code_piece

EMOJI_STYLE = "\ufe0f"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_JOINED = re.compile(
    "\u200d[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?"  # joined to the emoji before it
    "|(?<=[\u261d-\u270d\U0001f385-\U0001fadf])[\U0001f3fb-\U0001f3ff]"  # the colour of a skin
)
_CODE = re.compile(r"\\`|`([^`]*)`")


def tidy(text: str) -> str:
    """Return Markdown that Prettier and mdformat leave alone."""
    out: list[str] = []
    table: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if not fence and line.startswith("|"):
            table.append(line)
            continue
        if table:
            out.extend(_padded(table))
            table = []
        fence = _fence_after(fence, line)
        shown = line.replace(PIPE, "|") if fence else line.replace(PIPE, "|").rstrip()
        if fence or shown or (out and out[-1].strip()):
            out.append(shown)
    if table:
        out.extend(_padded(table))
    return "\n".join(out).strip("\n") + "\n"


def _fence_after(fence: str, line: str) -> str:
    """Return the fence that is open after ``line``, or ''."""
    found = _FENCE.match(line)
    if not fence:
        return found[1] if found else ""
    closes = found and found[1].startswith(fence) and line.strip() == found[1]
    return "" if closes else fence


def _padded(rows: list[str]) -> list[str]:
    cells = [[_cell(cell) for cell in row.strip().strip("|").split("|")] for row in rows]
    columns = max(len(row) for row in cells)
    cells = [row + [""] * (columns - len(row)) for row in cells]
    content = [row for number, row in enumerate(cells) if number != 1]
    widths = [max(3, *(width(row[column]) for row in content)) for column in range(columns)]
    cells[1] = ["-" * size for size in widths]
    return [
        "| "
        + " | ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        + " |"
        for row in cells
    ]


def _cell(cell: str) -> str:
    r"""Return a cell with its pipes outside of code: Python-Markdown shows ``\|`` in code to the letter."""
    if PIPE not in cell:
        return cell.strip()
    return _CODE.sub(_split_code, cell).replace(PIPE, r"\|").strip()


def _split_code(code: re.Match[str]) -> str:
    if code[1] is None or PIPE not in code[1]:
        return code[0]
    return PIPE.join(map(code_piece, code[1].split(PIPE)))


def width(text: str) -> int:
    """Return how many columns ``text`` takes in a fixed-width font; a joined emoji counts once."""
    if text.isascii():
        return len(text)
    total, before, last = 0, 0, ""
    for character in _JOINED.sub("", text):
        columns = _columns(character)
        if character == EMOJI_STYLE and before == 1 and (last > "\u2000" or last in "#*0123456789\xa9\xae"):
            columns = 1  # the character before it takes two columns then
        total += columns
        before, last = columns, character
    return total


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
