"""The fast path of check never says yes when the full check says no.

Every kind of change is tried on both. The fast path may say no where the
full check is content: then it only costs time.
"""

from typing import NamedTuple

import pytest

from handrail.artefacts.ledger import PATH, Ledger, digest
from handrail.commands.unchanged import is_unchanged
from tests.world import Act, Shipped, World, delete, edit, nothing, put, rendered, several, ship, unrendered

README = "# Ledger\n\n![logo](assets/logo.png) [licence](LICENSE) [guide](docs/FAQ.md) [folder](src)\n"
NOTES = "# Notes\n\n[FAQ](../FAQ.md#who-approves) ![chart](chart.png)\n\n[code]({url}/blob/main/src/app.py)\n"
URL = "https://github.com/acme/ledger"
EXTRA = {
    "README.md": README,
    "LICENSE": "MIT\n",
    "assets/logo.png": "png",
    "src/app.py": "x = 1\n",
    "src/other.py": "y = 1\n",
    "docs/notes/index.md": NOTES.format(url=URL),
    "docs/notes/chart.png": "png",
    "templates/docs/NAMING.md.j2": "# Naming\n\n{{ policy.naming.naming.why }}\n",
}


ANOTHER_BACKUP = (
    '{"version": 1, "kind": "backup", "migrations": [], "verdict": "passed", '
    '"finished_at": "2026-11-21T09:00:00Z", '
    '"source": {"what": "app.db", "taken_at": "2026-11-21T09:00:00Z", "data": "production"}}'
)


class Row(NamedTuple):
    """A change, what the fast path says of it, and the exit code of the full check."""

    act: Act
    fast: bool
    full: int


def swap_ledger(old: str, new: str) -> Act:
    return edit(PATH, old, new)


def forget(kind: str, path: str) -> Act:
    """Return the act of taking one line out of the ledger."""

    def act(world: World) -> None:
        lines = world.text(PATH).splitlines(keepends=True)
        kept = [line for line in lines if not (line.startswith(kind) and line.endswith(f" {path}\n"))]
        assert len(kept) == len(lines) - 1
        world.put(PATH, "".join(kept))

    return act


def conflict(world: World) -> None:
    """Leave the ledger as a merge of two renders would."""
    lines = world.text(PATH).splitlines(keepends=True)
    mine = [line for line in lines if line.endswith(" docs/FAQ.md\n")]
    theirs = ["wrote 00112233445566778899aabb docs/FAQ.md\n"]
    at = lines.index(mine[0])
    lines[at : at + 1] = ["<<<<<<< HEAD\n", *mine, "=======\n", *theirs, ">>>>>>> topic\n"]
    world.put(PATH, "".join(lines))


ROWS: dict[str, Row] = {
    "nothing": Row(nothing, True, 0),
    # what is read
    "policy: other words": Row(edit("policies/faq.yaml", "Who approves?", "Who says yes?"), False, 1),
    "policy: a comment": Row(edit("policies/faq.yaml", "faq:", "# note\nfaq:"), False, 1),
    "policy: a comment at the end": Row(edit("policies/faq.yaml", "level.\n", "level.\n# note\n"), False, 0),
    "policy: broken": Row(put("policies/faq.yaml", "faq: ["), False, 1),
    "policy: gone, and needed": Row(delete("policies/team.yaml"), False, 1),
    "policy: a new file of no known name": Row(put("policies/extra.yaml", "x: 1\n"), False, 1),
    "policy: a new file with another ending": Row(put("policies/team.yml", "x: 1\n"), False, 1),
    "policy: a new part in a folder": Row(
        put("policies/faq/more.yaml", "faq:\n  - {id: more, question: More?, answer: Yes.}\n"), False, 1
    ),
    "policy: a file that is no YAML": Row(put("policies/README.txt", "notes"), True, 0),
    # evidence
    "evidence: gone": Row(delete("migration-evidence/restore-sqlite-drill.json"), False, 1),
    "evidence: another result": Row(
        edit("migration-evidence/restore-sqlite-drill.json", '"passed"', '"failed"'), False, 1
    ),
    "evidence: a space": Row(edit("migration-evidence/restore-sqlite-drill.json", "{", "{ "), False, 0),
    "evidence: one more": Row(put("migration-evidence/more/b.json", ANOTHER_BACKUP), False, 0),
    "evidence: broken": Row(put("migration-evidence/b.json", "{"), False, 1),
    "evidence: no evidence at all": Row(put("migration-evidence/notes.txt", "x"), False, 0),
    "schema: another delete rule": Row(edit("prisma/schema.prisma", "Cascade", "Restrict"), False, 1),
    "schema: a line more": Row(edit("prisma/schema.prisma", "datasource", "\ndatasource"), False, 1),
    "schema: a comment at the end": Row(
        lambda world: world.put("prisma/schema.prisma", world.text("prisma/schema.prisma") + "// end\n"),
        False,
        0,
    ),
    "schema: broken": Row(edit("prisma/schema.prisma", "Note[]", "Note[["), False, 1),
    "schema: gone": Row(delete("prisma/schema.prisma"), False, 1),
    "schema: another beside it": Row(put("prisma/other.prisma", "model A {\n  id Int @id\n}\n"), True, 0),
    "template: own, changed": Row(edit("templates/docs/NAMING.md.j2", "# Naming", "# Names"), False, 1),
    "template: own, gone": Row(delete("templates/docs/NAMING.md.j2"), False, 1),
    "template: own, new": Row(put("templates/docs/FAQ.md.j2", "# Asked\n"), False, 1),
    "template: own, new, the same as the shipped": Row(
        put("templates/docs/FAQ.md.j2", Shipped().read("templates/docs/FAQ.md.j2").decode()), True, 0
    ),
    "template: own, new, for nothing": Row(put("templates/unused.j2", "x"), False, 0),
    "template: shipped, changed": Row(ship("templates/docs/FAQ.md.j2", "# Asked\n"), False, 1),
    "template: shipped, changed where an own one stands": Row(
        ship("templates/docs/NAMING.md.j2", "# Named\n"), True, 0
    ),
    "template: shipped partial, changed": Row(
        ship(
            "templates/_partials/level.md.j2",
            Shipped().read("templates/_partials/level.md.j2").decode().replace("any time", "whenever"),
        ),
        False,
        1,
    ),
    "template: shipped, gone": Row(ship("templates/docs/FAQ.md.j2", None), False, 1),
    "version: another": Row(swap_ledger("handrail 0.", "handrail 9."), False, 0),
    # what is written
    "output: edited": Row(edit("docs/FAQ.md", "Look up", "Look at"), False, 1),
    "output: a blank at the end": Row(edit("docs/FAQ.md", "level.\n", "level. \n"), False, 1),
    "output: gone": Row(delete("docs/FAQ.md"), False, 1),
    "output: emptied": Row(put("docs/FAQ.md", ""), False, 1),
    "output: a schema, edited": Row(
        edit("policies/schemas/faq.schema.json", "Do not edit", "Edit"), False, 1
    ),
    "output: Windows line ends": Row(
        lambda world: world.put("docs/FAQ.md", world.text("docs/FAQ.md").replace("\n", "\r\n")), False, 1
    ),
    "block: edited": Row(edit("docs/GITHUB_WORKFLOW.md", "Code reviewer", "Cat"), False, 1),
    "block: its checksum edited": Row(
        edit("docs/GITHUB_WORKFLOW.md", "handrail:end workflow-faq ", "handrail:end workflow-faq 0"), False, 1
    ),
    "block: navigation edited": Row(edit("mkdocs.yml", "FAQ.md", "INDEX.md"), False, 1),
    "block: owners edited": Row(edit(".github/CODEOWNERS", "@acme/data-engineers", "@ada"), False, 1),
    "block host: gone": Row(delete("docs/GITHUB_WORKFLOW.md"), False, 1),
    "block host: CODEOWNERS gone": Row(delete(".github/CODEOWNERS"), False, 1),
    "block host: text around": Row(edit("docs/GITHUB_WORKFLOW.md", "Between.", "In between."), False, 0),
    "block host: a broken link around": Row(
        edit("docs/GITHUB_WORKFLOW.md", "Between.", "[Between](no.md)."), False, 1
    ),
    "block host: other owners": Row(edit(".github/CODEOWNERS", "# ", "* @ada\n# "), False, 0),
    "orphan: skipped": Row(put("policies/artefacts.yaml", "artefacts: []\nskip: [waivers]\n"), False, 1),
    # the handbook around it
    "page: new, in no navigation": Row(put("docs/new.md", "# New\n"), False, 1),
    "page: new, in a deep folder": Row(put("docs/a/b/c.md", "# New\n"), False, 1),
    "page: edited": Row(edit("docs/notes/index.md", "# Notes", "# My notes"), False, 0),
    "page: edited to a broken link": Row(edit("docs/notes/index.md", "FAQ.md", "FUQ.md"), False, 1),
    "page: gone": Row(delete("docs/notes/index.md"), False, 1),
    "image: new": Row(put("docs/new.png", "png"), False, 0),
    "image: gone": Row(delete("docs/notes/chart.png"), False, 1),
    "image: edited": Row(put("docs/notes/chart.png", "other"), False, 0),
    "navigation: edited": Row(edit("mkdocs.yml", "notes/index.md", "notes/other.md"), False, 1),
    "navigation: gone": Row(delete("mkdocs.yml"), False, 1),
    "readme: edited": Row(edit("README.md", "# Ledger", "# The ledger"), False, 0),
    "readme: edited to a broken link": Row(edit("README.md", "(LICENSE)", "(LICENCE)"), False, 1),
    "readme: gone": Row(delete("README.md"), False, 0),
    "top page: new": Row(put("CHANGELOG.md", "# Changes\n"), False, 0),
    "top page: new, with a broken link": Row(put("CHANGELOG.md", "# Changes\n\n[x](no.md)\n"), False, 1),
    "top file: new": Row(put("Makefile", "all:\n"), True, 0),
    "linked file: gone": Row(delete("LICENSE"), False, 1),
    "linked image: gone": Row(delete("assets/logo.png"), False, 1),
    "linked folder: gone": Row(delete("src/app.py", "src/other.py"), False, 1),
    "linked by web address: gone": Row(delete("src/app.py"), False, 1),
    "linked file: edited": Row(put("LICENSE", "Other\n"), True, 0),
    "file that nothing links to: gone": Row(delete("src/other.py"), True, 0),
    # the ledger
    "ledger: gone": Row(delete(PATH), False, 0),
    "ledger: empty": Row(put(PATH, ""), False, 0),
    "ledger: nonsense": Row(put(PATH, "\ufffd\n\nclean yes\n"), False, 0),
    "ledger: not clean": Row(swap_ledger("clean yes", "clean no"), False, 0),
    "ledger: a line less for a policy": Row(forget("policy", "policies/faq.yaml"), False, 0),
    "ledger: a line less for a page": Row(forget("page", "docs/notes/index.md"), False, 0),
    "ledger: a line less for an output": Row(forget("wrote", "docs/FAQ.md"), False, 0),
    "ledger: a merge conflict": Row(conflict, False, 0),
    "ledger: another digest": Row(swap_ledger("wrote ", "wrote 0"), False, 0),
    "ledger: another digest of a policy": Row(swap_ledger("policy ", "policy 0"), False, 0),
    "ledger: names a file outside": Row(swap_ledger("clean yes\n", "clean yes\nwrote 00 ../x\n"), True, 0),
    # two at once
    "policy and output: edited alike": Row(
        several(edit("docs/FAQ.md", "Look up", "Look at"), edit("policies/faq.yaml", "Look up", "Look at")),
        False,
        0,
    ),
    "policy and output: edited, but not alike": Row(
        several(edit("docs/FAQ.md", "Look up", "Find"), edit("policies/faq.yaml", "Look up", "Look at")),
        False,
        1,
    ),
}


@pytest.fixture(scope="module")
def clean() -> World:
    """Return a rendered repository with hand-written pages, a README and files that they link to."""
    world = unrendered(EXTRA)
    world.edit("mkdocs.yml", "  - GitHub:", "  - Notes: notes/index.md\n  - GitHub:")
    outcome = world.render()
    assert outcome.code == 0, outcome.findings
    return world


@pytest.mark.parametrize("name", ROWS)
def test_the_fast_path_is_never_kinder_than_the_full_check(clean: World, name: str) -> None:
    row = ROWS[name]
    world = World(clean.files)
    row.act(world)
    before = dict(world.files)
    fast, full = world.unchanged(), world.check()
    assert full.code == row.full, full.findings
    assert fast is row.fast
    assert not (fast and full.code)
    assert world.files == before


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.full == 0])
def test_after_the_next_render_the_fast_path_answers_again(clean: World, name: str) -> None:
    world = World(clean.files, {})
    ROWS[name].act(world)
    assert world.render().code == 0
    assert world.unchanged()
    assert world.written(world.render) == []


def test_a_forged_ledger_is_what_full_is_for(clean: World) -> None:
    """Who edits a file and its digest fools the fast path; CI runs with --full, which trusts nothing."""
    world = World(clean.files)
    world.wrote("docs/FAQ.md", "# Forged\n")
    assert world.unchanged()
    assert world.check().findings[0].code == "drift.stale-policy"


def test_findings_of_the_handbook_keep_the_fast_path_shut() -> None:
    world = unrendered({"docs/notes.md": "# Notes\n\n[x](no.md)\n"})
    assert world.render().code == 1
    assert not world.ledger.clean
    assert not world.unchanged()


def test_without_a_ledger_nothing_else_is_read() -> None:
    class Silent(Shipped):
        def read(self, path: str) -> bytes:
            raise AssertionError(path)

    assert not is_unchanged(unrendered().disk, Silent())
    world = rendered()
    world.by_version("0.0.1")
    assert not is_unchanged(world.disk, Silent())


def test_an_output_with_two_digests_is_of_a_render_that_did_not_end() -> None:
    world = rendered()
    ledger = world.ledger
    (total,) = ledger.outputs["docs/FAQ.md"]
    both = {**ledger.outputs, "docs/FAQ.md": (total, digest(b"other"))}
    world.put_ledger(Ledger(ledger.version, True, ledger.inputs, both))
    assert not world.unchanged()


FOLDER_ACTS: dict[str, tuple[Act, bool]] = {
    "nothing": (nothing, True),
    "a file more": (put("prisma/tag.prisma", "model Tag {\n  id Int @id\n}\n"), False),
    "a file less": (delete("prisma/schema.prisma"), False),
    "a file of another kind": (put("prisma/seed.sql", "SELECT 1;\n"), True),
}


@pytest.mark.parametrize("name", FOLDER_ACTS)
def test_a_schema_of_many_files_is_all_of_them(name: str) -> None:
    world = unrendered()
    world.edit("policies/database.yaml", "prisma/schema.prisma", "prisma")
    assert world.render().code == 0
    act, same = FOLDER_ACTS[name]
    act(world)
    assert world.unchanged() is same
    assert (world.check().code == 0) is same


def test_a_schema_that_was_not_there_is_seen_when_it_comes() -> None:
    world = unrendered()
    text = world.text("prisma/schema.prisma")
    world.delete("prisma/schema.prisma")
    assert world.render().code == 0
    assert world.unchanged()
    world.put("prisma/schema.prisma", text)
    assert not world.unchanged()
    assert world.check().findings[0].code == "drift.stale-schema"
