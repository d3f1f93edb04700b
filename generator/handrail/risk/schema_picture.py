"""A schema as a Mermaid picture: what happens to rows when the one above them is deleted."""

from handrail.migrations.schema_facts import Facts

MOST = 300
"""Arrows of a picture; Mermaid draws no more than 500, and nobody reads these."""

_ARROWS = {
    "CASCADE": "-->|deletes|",
    "SET NULL": "-.->|empties|",
    "SET DEFAULT": "-.->|empties|",
    "RESTRICT": "--x|is stopped by|",
    "NO ACTION": "--x|is stopped by|",
}


def draw_schema(facts: Facts) -> str:
    """Return the lines of a Mermaid flowchart from parents to children, '' for none or too many arrows."""
    arrows = [
        (each["target"], _ARROWS[each["on_delete"]], each["name"].rpartition(".")[0])
        for each in facts["relations"]
    ]
    arrows += [(each["target"], "-.-|leaves|", each["name"].rpartition(".")[0]) for each in facts["orphans"]]
    arrows = list(dict.fromkeys(arrows))
    if not arrows or len(arrows) > MOST:
        return ""
    names = dict.fromkeys(name for first, _, last in arrows for name in (first, last))
    ids = {name: f"t{number}" for number, name in enumerate(names, 1)}
    nodes = [f'  {ids[name]}["{_label(name)}"]' for name in names]
    return "\n".join(["flowchart LR", *nodes, *(f"  {ids[a]} {arrow} {ids[b]}" for a, arrow, b in arrows)])


def _label(name: str) -> str:
    """Return a name as Mermaid shows it to the letter: what is no plain letter by its number."""
    return "".join(c if c.isalnum() or c in " _.-" else f"#{ord(c)};" for c in name)
