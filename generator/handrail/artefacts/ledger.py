"""The ledger: what Handrail wrote, and what it was made from.

A text file with one line a file, so that it merges like code::

    handrail 0.1.0
    policy 3f2a… policies/team.yaml
    file 91bc… docs/FAQ.md
    block 77aa… docs/GITHUB_WORKFLOW.md#workflow-faq

Only the standard library, and little of it: ``handrail check`` reads it before
anything else, and ``typing`` alone would cost it half of a Python start.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b  # what hashlib hands out, without loading OpenSSL first
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False  # typing's constant of that name
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATH = ".handrail/ledger"
HEAD = "# What handrail render wrote. Do not edit; after a merge conflict run: handrail render\n"
INPUTS = ("policy", "template", "schema", "record", "evidence", "migrations", "page", "link")


class Ledger:
    """``inputs`` maps (kind, path) to a digest, ``outputs`` path (``path#block``) to digests.

    An output has more than one digest only while a render is under way: the
    old and the new. ``clean`` says that the last render ended without findings.
    """

    def __init__(
        self,
        version: str = "",
        clean: bool = False,
        inputs: Mapping[tuple[str, str], str] | None = None,
        outputs: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.version, self.clean = version, clean
        self.inputs = {} if inputs is None else inputs
        self.outputs = {} if outputs is None else outputs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # two mappings have no hash


def digest(data: bytes) -> str:
    """Return the digest of a file or block that the ledger keeps."""
    return blake2b(data, digest_size=12).hexdigest()


def parse_ledger(text: str) -> Ledger:
    """Return the ledger. Lines that make no sense (a merge conflict) are passed over."""
    version, clean = "", False
    inputs: dict[tuple[str, str], str] = {}
    outputs: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        total, _, path = rest.partition(" ")
        if kind == "handrail":
            version = rest
        elif kind == "clean":
            clean = rest == "yes"
        elif kind in INPUTS:
            inputs[kind, path] = total
        elif kind == "wrote" and _inside(path):
            outputs[path] = outputs.get(path, ()) + tuple(total.split(","))
    return Ledger(version, clean, inputs, outputs)


def _inside(path: str) -> bool:
    """Tell whether a path stays in the repository: what a ledger names may be removed."""
    parts = path.replace("\\", "/").split("/")
    return bool(parts[0]) and ":" not in parts[0] and ".." not in parts and "\0" not in path


def render_ledger(ledger: Ledger) -> str:
    """Return the text of the ledger, in an order that depends on nothing but its content."""
    lines = [f"handrail {ledger.version}", f"clean {'yes' if ledger.clean else 'no'}"]
    lines += [f"{kind} {total} {path}" for (kind, path), total in sorted(ledger.inputs.items())]
    lines += [f"wrote {','.join(totals)} {path}" for path, totals in sorted(ledger.outputs.items())]
    return HEAD + "\n".join(lines) + "\n"


def changed_inputs(ledger: Ledger, now: Mapping[tuple[str, str], str], kind: str) -> tuple[str, ...]:
    """Return the paths of inputs of ``kind`` that were added, changed or removed."""
    paths: Iterable[str] = {path for each, path in (*ledger.inputs, *now) if each == kind}
    return tuple(sorted(path for path in paths if ledger.inputs.get((kind, path)) != now.get((kind, path))))
