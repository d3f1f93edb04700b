"""The files of a schema.prisma. Imports next to nothing: the fast answer of ``check`` needs it."""

from __future__ import annotations

from handrail.artefacts.ledger import digest

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    from handrail.ports import Files

SUFFIX = ".prisma"


def schema_files(files: Files, path: str) -> tuple[str, ...]:
    """Return the schema files at ``path``, a file or a folder; none when there is no schema.prisma."""
    if files.is_folder(path):
        return files.find(path, (SUFFIX,))
    return (path,) if path.endswith(SUFFIX) and files.exists(path) else ()


def schema_digest(files: Files, path: str) -> str:
    """Return one digest of all files of a schema and of their names."""
    whole = b""
    for each in schema_files(files, path):
        raw = files.read(each)
        whole += f"{each} {len(raw)}\n".encode("utf-8", "surrogateescape") + raw
    return digest(whole)
