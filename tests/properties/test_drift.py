"""Whatever happens to the generated files: check names just those, render repairs what no hand touched."""

from collections.abc import Mapping
from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from handrail.artefacts.ledger import PATH
from handrail.commands.check import check
from handrail.commands.outcome import Outcome
from handrail.commands.render import RenderOptions, render
from handrail.commands.unchanged import is_unchanged
from tests.fakes import MemoryFiles
from tests.minimal.builder import minimal_files
from tests.properties.project import SHIPPED, examples

HOSTS = ("docs/GITHUB_WORKFLOW.md", "mkdocs.yml")
BLOCKS = (*HOSTS, ".github/CODEOWNERS")

Damage = Mapping[str, tuple[str, str]]
"""Path -> (what happens, with which other path)."""


@cache
def clean() -> Mapping[str, bytes]:
    """Return the minimal repository after a render."""
    files = MemoryFiles(minimal_files())
    assert render(files, SHIPPED, RenderOptions()).code == 0
    return files.files


def generated() -> list[str]:
    """Return the paths that a render writes."""
    return sorted(path for path in clean() if path not in minimal_files() and path != PATH) + list(HOSTS)


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Return what happens to some of the generated files."""
    chosen = draw(st.lists(st.sampled_from(generated()), max_size=6, unique=True))
    others = st.sampled_from([path for path in generated() if path not in BLOCKS])
    kinds = st.sampled_from(("deleted", "emptied", "longer", "shorter", "windows", "swapped", "outside"))
    return {path: (draw(kinds), draw(others)) for path in chosen}


def damaged(path: str, what: str, other: str) -> bytes | None:
    """Return the bytes of a file after something happened to it, None for no file."""
    raw = clean()[path]
    if path in BLOCKS:
        before, begin, after = raw.partition(b"handrail:begin ")
        inside = begin + after.replace(b"\n", b"\nby hand\n", 1)
        changed = {"deleted": None, "outside": raw + b"# by hand\n", "windows": raw}
        return changed.get(what, before + inside)
    return {
        "deleted": None,
        "emptied": b"",
        "longer": raw + b"by hand\n",
        "shorter": raw[: len(raw) // 2],
        "windows": raw.replace(b"\n", b"\r\n"),
        "swapped": clean()[other],
        "outside": raw,
    }[what]


def code_of(path: str, raw: bytes | None) -> str:
    """Return what check says about a file in that state, '' for nothing."""
    if raw is None:
        return "block.no-file" if path in HOSTS else "drift.missing"
    if path in BLOCKS and raw.startswith(clean()[path]):
        return ""
    return "" if raw == clean()[path] else "drift.edited"


def told(outcome: Outcome) -> dict[str, str]:
    """Return path -> code of what drifted; links that an edited page breaks are told beside it."""
    found = [each for each in outcome.findings if each.code.startswith(("drift.", "block."))]
    assert len({each.location.path for each in found}) == len(found)
    return {each.location.path: each.code for each in found}


@examples(10)
@given(damages())
@example({})
@example({"docs/FAQ.md": ("deleted", "docs/FAQ.md"), "docs/ROLES.md": ("swapped", "docs/FAQ.md")})
@example({"mkdocs.yml": ("deleted", ""), "docs/FAQ.md": ("deleted", "docs/FAQ.md")})
def test_check_names_what_happened_and_render_repairs_it(damage: Damage) -> None:
    after = {path: damaged(path, *how) for path, how in damage.items()}
    there = {path: raw for path, raw in {**clean(), **after}.items() if raw is not None}
    wanted = {path: code for path, raw in after.items() if (code := code_of(path, raw))}

    files = MemoryFiles(there)
    checked = check(files, SHIPPED)
    assert (told(checked), checked.code) == (wanted, 1 if wanted else 0)
    assert files.log == []
    assert is_unchanged(files, SHIPPED) is (there == clean())

    outcome = render(files, SHIPPED, RenderOptions())
    if "block.no-file" in wanted.values():
        assert (files.files, outcome.code) == (there, 1)
        return
    edited = {path: code for path, code in wanted.items() if code == "drift.edited"}
    assert (told(outcome), outcome.code) == (edited, 1 if edited else 0)
    kept = {path: raw for path, raw in there.items() if path in edited or path in BLOCKS}
    assert without_ledger(files) == without_ledger(MemoryFiles({**clean(), **kept}))

    again = render(files, SHIPPED, RenderOptions(overwrite=tuple(edited)))
    assert (told(again), again.code) == ({}, 0)
    whole = {path: raw for path, raw in there.items() if path in BLOCKS and path not in edited}
    assert {path: raw for path, raw in files.files.items() if path not in BLOCKS and path != PATH} == {
        path: raw for path, raw in clean().items() if path not in BLOCKS and path != PATH
    }
    assert {path: files.files[path] for path in whole} == whole
    assert check(files, SHIPPED).code == 0


def without_ledger(files: MemoryFiles) -> dict[str, bytes]:
    return {path: raw for path, raw in files.files.items() if path != PATH}


@examples(8)
@given(damages())
def test_without_a_ledger_nothing_is_overwritten(damage: Damage) -> None:
    after = {path: damaged(path, *how) for path, how in damage.items() if path not in BLOCKS}
    there = {path: raw for path, raw in {**clean(), **after}.items() if raw is not None and path != PATH}
    foreign = {path for path, raw in after.items() if raw is not None and raw != clean()[path]}
    files = MemoryFiles(there)
    outcome = render(files, SHIPPED, RenderOptions())
    assert told(outcome) == dict.fromkeys(foreign, "drift.foreign")
    assert {path: files.files[path] for path in there} == there
