"""The evidence files of the repository. Imports next to nothing: the fast answer of ``check`` needs it."""

from __future__ import annotations

from handrail.artefacts.ledger import digest

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    from handrail.ports import Files
    from handrail.source.evidence import EvidenceFile

SUFFIX = ".json"


def read_evidence_files(files: Files, folder: str) -> tuple[EvidenceFile, ...]:
    """Return every evidence file below ``folder``, by path, none where there is no such folder."""
    from handrail.source.evidence import read_evidence

    return tuple(read_evidence(path, files.read(path)) for path in below(files, folder, (SUFFIX,)))


def below(files: Files, folder: str, suffixes: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    """Return the files below ``folder``, none where there is no such folder."""
    return files.find(folder, suffixes) if files.is_folder(folder) else ()


def folder_digest(files: Files, folder: str) -> str:
    """Return one digest of all files below a folder and of their names."""
    whole = b""
    for each in below(files, folder):
        raw = files.read(each)
        whole += f"{each} {len(raw)}\n".encode("utf-8", "surrogateescape") + raw
    return digest(whole)
