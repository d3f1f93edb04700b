"""The fast answer of handrail check: everything is as the last clean render left it.

It reads and hashes; it parses nothing, and imports next to nothing: a Python
start is most of what it costs. When it cannot say yes, the full check decides.
"""

from __future__ import annotations

from handrail import __version__
from handrail.artefacts.ledger import PATH, Ledger, digest, parse_ledger
from handrail.commands.evidence_files import folder_digest
from handrail.commands.schema_files import schema_digest
from handrail.core.errors import HandrailError

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    from handrail.ports import Files, Shipped

UNCHANGED = "Nothing changed since the last render. Everything agrees with the policy.\n"
"""What the command says then."""


def is_unchanged(files: Files, shipped: Shipped) -> bool:
    """Tell whether inputs and outputs are exactly those of the ledger. What cannot be read is not."""
    try:
        return _is_unchanged(files, shipped)
    except HandrailError:
        return False


def _is_unchanged(files: Files, shipped: Shipped) -> bool:
    raw = files.read_or_none(PATH)
    if raw is None:
        return False
    ledger = parse_ledger(raw.decode("utf-8", "surrogateescape"))
    if not ledger.clean or ledger.version != __version__:
        return False
    return (
        _nothing_new(files, ledger) and _inputs_same(files, shipped, ledger) and _outputs_same(files, ledger)
    )


def _nothing_new(files: Files, ledger: Ledger) -> bool:
    known = {path for kind, path in ledger.inputs if kind not in ("template", "record")}
    known |= {f"templates/{name}" for kind, name in ledger.inputs if kind == "template"}
    known |= ledger.outputs.keys()
    present = {
        *files.find("policies", (".yaml", ".yml")),
        *files.find("templates", (".j2",)),
        *files.find("docs", ("",)),
        *(path for path in files.top() if path.endswith(".md")),
    }
    return present <= known


def _inputs_same(files: Files, shipped: Shipped, ledger: Ledger) -> bool:
    return all(
        _input_same(files, shipped, kind, path, total) for (kind, path), total in ledger.inputs.items()
    )


def _input_same(files: Files, shipped: Shipped, kind: str, path: str, total: str) -> bool:
    if kind == "template":
        return _same_template(files, shipped, path, total)
    if kind == "schema":
        return schema_digest(files, path) == total
    if kind in ("evidence", "migrations"):
        return folder_digest(files, path) == total
    if kind == "record":
        return digest(shipped.read(path)) == total
    return files.exists(path) if kind == "link" else _same(files, path, total)


def _same_template(files: Files, shipped: Shipped, name: str, total: str) -> bool:
    """Tell whether the repository's own template, or else the shipped one, is as it was."""
    path = f"templates/{name}"
    raw = files.read_or_none(path)
    return digest(shipped.read(path) if raw is None else raw) == total


def _outputs_same(files: Files, ledger: Ledger) -> bool:
    """Blocks need no look of their own: their files are inputs too."""
    return all(
        len(totals) == 1 and ("#" in path or (_same(files, path, totals[0]) and not files.is_link(path)))
        for path, totals in ledger.outputs.items()
    )


def _same(files: Files, path: str, total: str) -> bool:
    raw = files.read_or_none(path)
    return raw is not None and digest(raw) == total
