"""The fast answer of handrail check: everything is as the last clean render left it.

It reads and hashes; it parses nothing and imports nothing beyond the standard
library. When it cannot say yes, the full check decides.
"""

from handrail import __version__
from handrail.artefacts.ledger import PATH, Ledger, digest, parse_ledger
from handrail.ports import Files


def is_unchanged(files: Files) -> bool:
    """Tell whether inputs and outputs are exactly those of the ledger."""
    raw = files.read_or_none(PATH)
    if raw is None:
        return False
    ledger = parse_ledger(raw.decode("utf-8", "replace"))
    if not ledger.clean or ledger.version != __version__:
        return False
    return _inputs_same(files, ledger) and _outputs_same(files, ledger)


def _inputs_same(files: Files, ledger: Ledger) -> bool:
    expected = {path: total for (kind, path), total in ledger.inputs.items() if kind != "template"}
    templates = {path: total for (kind, path), total in ledger.inputs.items() if kind == "template"}
    for path in files.find("templates", (".j2",)):
        name = path.removeprefix("templates/")
        if templates.get(name) != digest(files.read(path)):
            return False
    present = {*files.find("policies", (".yaml", ".yml")), *files.find("docs", ("",))}
    known = {*expected, *(path for path in ledger.outputs if "#" not in path)}
    if not present <= known:
        return False
    return all(_same(files, path, total) for path, total in expected.items())


def _outputs_same(files: Files, ledger: Ledger) -> bool:
    """Blocks need no look of their own: their files are inputs too."""
    return all(
        len(totals) == 1 and ("#" in path or _same(files, path, totals[0]))
        for path, totals in ledger.outputs.items()
    )


def _same(files: Files, path: str, total: str) -> bool:
    raw = files.read_or_none(path)
    return raw is not None and digest(raw) == total
