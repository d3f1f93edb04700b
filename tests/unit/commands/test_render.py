"""render: what is written, in which order, what the ledger says afterwards."""

import re

import pytest

from handrail.artefacts.ledger import PATH, digest
from handrail.core.errors import HandrailError
from tests.minimal.builder import minimal_files
from tests.world import Act, World, delete, edit, put, rendered, several, unrendered

FAQ = "docs/FAQ.md"


def stale() -> World:
    """Return a repository in which two policy files changed since the render."""
    world = rendered()
    world.edit("policies/faq.yaml", "Who approves?", "Who may approve?")
    world.edit("policies/naming.yaml", "It starts with a verb.", "It ends with a noun.")
    return world


def test_the_first_render_writes_everything_and_the_second_nothing() -> None:
    world = unrendered()
    outcome = world.render()
    assert outcome.code == 0
    assert outcome.findings == ()
    assert f"written    {FAQ}  (it is missing)\n" in outcome.text
    made = {path.partition("#")[0] for path in world.ledger.outputs}
    assert set(world.files) - set(minimal_files()) == {*made, PATH} - set(minimal_files())
    assert outcome.text.splitlines()[-2:] == [
        f"{len(made)} written.",
        "Look at docs/index.md, and commit the files with the policy.",
    ]
    world.disk.log.clear()
    again = world.render()
    assert world.disk.log == ["lock", "unlock"]
    assert again.code == 0
    assert again.text.splitlines()[-2:] == [
        f"{len(made)} unchanged.",
        "Nothing changed. Look at docs/index.md.",
    ]


def test_only_what_changed_is_written_and_the_ledger_first_and_last() -> None:
    world = stale()
    outcome = world.render()
    log = world.disk.log
    writes = ["docs/NAMING.md", FAQ, "docs/GITHUB_WORKFLOW.md"]
    assert log == [
        "lock",
        f"write {PATH}",
        *(f"write {path}" for path in writes),
        f"write {PATH}",
        "unlock",
    ]
    because = "the policy changed (policies/naming.yaml) and was not rendered"
    assert f"written    docs/NAMING.md  ({because})\n" in outcome.text
    assert "unchanged  docs/index.md\n" in outcome.text
    end = r"^\d+ unchanged, 3 written\.\nLook at docs/NAMING\.md, and commit the files with the policy\.\n\Z"
    assert re.search(end, outcome.text, re.MULTILINE)


def test_the_result_does_not_depend_on_what_was_there() -> None:
    world = stale()
    world.render()
    fresh = World({path: world.files[path] for path in minimal_files()})
    fresh.render()
    assert fresh.files == world.files


@pytest.mark.parametrize("act", [put(PATH, "nonsense\n"), delete(FAQ), edit(FAQ, "Look up", "Look")])
def test_a_dry_run_says_the_same_and_writes_nothing(act: Act) -> None:
    world = stale()
    act(world)
    before = dict(world.files)
    world.disk.log.clear()
    said = world.render(dry_run=True)
    assert world.files == before
    assert world.disk.log == []
    done = world.render()
    end = "This was a dry run: nothing was written.\n"
    assert said.text.splitlines()[:-2] == done.text.splitlines()[:-2]
    assert end in said.text
    assert said.code == done.code


ONLY = {
    FAQ: [FAQ],
    "docs/F*.md": [FAQ],
    "faq": [FAQ],
    "naming": ["docs/NAMING.md"],
    "workflow-faq": ["docs/GITHUB_WORKFLOW.md"],
    "docs/*": ["docs/NAMING.md", FAQ, "docs/GITHUB_WORKFLOW.md"],
    "*": ["docs/NAMING.md", FAQ, "docs/GITHUB_WORKFLOW.md"],
    "runbook/*": [],
    "docs/runbooks/restore.md": [],
    "schema/*": [],
}


@pytest.mark.parametrize("only", ONLY)
def test_only_writes_what_matches(only: str) -> None:
    world = stale()
    outcome = world.render(only)
    assert world.written(world.render) == [
        path for path in ("docs/NAMING.md", FAQ, "docs/GITHUB_WORKFLOW.md") if path not in ONLY[only]
    ]
    assert outcome.code == 0


@pytest.mark.parametrize("only", ["docs/FUQ.md", "faqs", "docs", "FAQ.md", "./docs/FAQ.md", "[", ""])
def test_only_with_nothing_that_matches(only: str) -> None:
    world = stale()
    if not only:
        assert len(world.written(lambda: world.render(only))) == 3
        return
    with pytest.raises(HandrailError, match="no artefact matches") as caught:
        world.render(only)
    assert f"'{only}'" in str(caught.value)
    assert caught.value.hint == "Name a path or an artefact id; * stands for any text."


def test_after_a_partial_render_the_rest_is_still_due_and_told_rightly() -> None:
    world = stale()
    before = world.ledger
    world.render("naming")
    ledger = world.ledger
    assert not ledger.clean
    assert ledger.inputs == before.inputs
    assert ledger.outputs.keys() == before.outputs.keys()
    assert ledger.outputs["docs/NAMING.md"] == (digest(world.files["docs/NAMING.md"]),)
    assert not world.unchanged()
    found = [(each.code, each.location.path) for each in world.check().findings]
    assert found == [("drift.stale-policy", FAQ), ("drift.stale-policy", "docs/GITHUB_WORKFLOW.md")]
    assert world.render().code == 0
    assert world.ledger.clean
    assert world.unchanged()


def test_a_partial_render_of_a_new_repository_knows_what_it_wrote() -> None:
    world = unrendered()
    world.render("docs/*.md")
    assert world.ledger.version
    assert FAQ in world.ledger.outputs
    assert ".claude/agents/data-engineer.md" not in world.files
    world.edit(FAQ, "Look up", "Look")
    assert "drift.edited" in {each.code for each in world.check().findings}
    assert "drift.missing" in {each.code for each in world.check().findings}


def test_a_partial_render_removes_only_orphans_that_match() -> None:
    world = rendered()
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: [waivers, metrics]\n")
    world.render("docs/W*")
    assert "docs/WAIVERS.md" not in world.files
    assert "docs/METRICS.md" in world.files
    world.render()
    assert "docs/METRICS.md" not in world.files
    assert not {"docs/WAIVERS.md", "docs/METRICS.md"} & world.ledger.outputs.keys()


NOTHING_WRITTEN = "Nothing was written.\n"
BROKEN: dict[str, tuple[Act, str, str]] = {
    "policy: not YAML": (put("policies/faq.yaml", "faq: ["), "yaml.syntax", "policies/faq.yaml:2:1"),
    "policy: unknown role": (
        edit("policies/metrics.yaml", "owner: tech-lead", "owner: tech-laed"),
        "policy.dangling-reference",
        "policies/metrics.yaml:8:12",
    ),
    "policy: a folder where a file should be": (
        several(delete("policies/team.yaml"), put("policies/team.yaml/x.txt", "")),
        "file.unreadable",
        "policies/team.yaml:1:1",
    ),
    "template: syntax": (
        put("templates/docs/FAQ.md.j2", "# FAQ\n\n{% for %}\n"),
        "template.failed",
        "templates/docs/FAQ.md.j2:3:1",
    ),
    "template: unknown name": (
        put("templates/docs/FAQ.md.j2", "# FAQ\n\n{{ polcy.faq }}\n"),
        "template.failed",
        "templates/docs/FAQ.md.j2:3:1",
    ),
    "template: unknown field": (
        put("templates/docs/FAQ.md.j2", "# FAQ\n{% for each in policy.faq.faqs %}{% endfor %}\n"),
        "template.failed",
        "templates/docs/FAQ.md.j2:2:1",
    ),
    "template: unknown partial": (
        put("templates/docs/FAQ.md.j2", '# FAQ\n\n\n{% include "_partials/no.j2" %}\n'),
        "template.failed",
        "templates/docs/FAQ.md.j2:4:1",
    ),
    "template: inside a partial": (
        put("templates/_partials/level.md.j2", "{% macro approvals(level) %}{{ 1 / 0 }}{% endmacro %}\n"),
        "template.failed",
        "templates/_partials/level.md.j2:1:1",
    ),
    "template: a sum of a text": (
        put("templates/docs/FAQ.md.j2", "# FAQ\n{{ policy.faq.faq[0].question + 1 }}\n"),
        "template.failed",
        "templates/docs/FAQ.md.j2:2:1",
    ),
    "template: endless": (
        put("templates/docs/FAQ.md.j2", '{% include "docs/FAQ.md.j2" %}'),
        "template.failed",
        "templates/docs/FAQ.md.j2:1:1",
    ),
    "template: deeper than Python can": (
        put("templates/docs/FAQ.md.j2", "{% for x in [1] %}\n" * 30 + "{% endfor %}" * 30),
        "template.failed",
        "templates/docs/FAQ.md.j2:",
    ),
    "template: not there": (
        put("policies/artefacts.yaml", "artefacts:\n  - {id: c, path: c.md, template: no.j2, title: C}\n"),
        "template.failed",
        "templates/no.j2:1:1",
    ),
    "place: a folder": (
        several(delete(FAQ), put(FAQ + "/x", "")),
        "artefact.unsafe-path",
        f"{FAQ}:1:1",
    ),
    "place: below a file": (
        several(delete(".claude/agents/data-engineer.md"), put(".claude", "")),
        "artefact.unsafe-path",
        ".claude/agents/data-engineer.md:1:1",
    ),
}


@pytest.mark.parametrize(("act", "code", "place"), BROKEN.values(), ids=BROKEN)
def test_nothing_is_written_when_something_is_wrong(act: Act, code: str, place: str) -> None:
    world = rendered()
    act(world)
    world.edit("policies/naming.yaml", "It starts with a verb.", "It ends with a noun.")
    before = dict(world.files)
    outcome, checked = world.render(), world.check()
    assert (outcome.code, outcome.text) == (1, NOTHING_WRITTEN)
    assert checked.code == 1
    for findings in (outcome.findings, checked.findings):
        (finding, *_) = [each for each in findings if each.code == code]
        assert str(finding.location).startswith(place)
        assert finding.hint
        assert finding.message
    assert world.files == before


CARDS = {
    "/etc/card.md": "outside the repository",
    "../card.md": "outside the repository",
    "docs/../../card.md": "outside the repository",
    "docs/./card.md": "outside the repository",
    "docs//card.md": "outside the repository",
    "\\\\server\\card.md": "outside the repository",
    "docs\\..\\..\\card.md": "outside the repository",
    "~/card.md": "outside the repository",
    "C:/card.md": "outside the repository",
    "docs/card.md/": "cannot be written",
    "docs/card.md ": "cannot be written",
    "docs/ca\trd.md": "",  # a tab is no YAML of ours
    "docs/ca\u200brd.md": "cannot be written",
    ".git/hooks/pre-commit": "cannot be written",
    ".git": "cannot be written",
    ".handrail/ledger": "cannot be written",
    "docs/C#.md": "cannot be written",
    ".github/C#.md": "cannot be written",
}


@pytest.mark.parametrize("path", CARDS)
def test_an_artefact_of_the_teams_own_stays_inside(path: str) -> None:
    world = rendered()
    quoted = path.replace("\\", "\\\\")
    world.put(
        "policies/artefacts.yaml",
        f'artefacts:\n  - id: card\n    path: "{quoted}"\n    template: card.j2\n    title: Card\n',
    )
    world.put("templates/card.j2", "# Card\n")
    before = dict(world.files)
    outcome = world.render()
    assert (outcome.code, outcome.text) == (1, NOTHING_WRITTEN)
    assert world.files == before
    if CARDS[path]:
        (finding,) = [each for each in outcome.findings if each.code == "artefact.unsafe-path"]
        assert CARDS[path] in finding.message
        assert str(finding.location) == "policies/artefacts.yaml:2:5"


COLLISIONS = {
    "docs/FAQ.md": "artefacts 'faq' and 'card' would both be written to docs/FAQ.md",
    "docs/faq.md": "artefacts 'faq' and 'card' would both be written to docs/faq.md",
    "docs/FAQ.md/card.md": "artefact 'card' needs a folder where 'faq' is a file",
    "docs/GITHUB_WORKFLOW.md": "would both be written to docs/GITHUB_WORKFLOW.md",
    "policies/schemas/faq.schema.json": "would both be written to policies/schemas/faq.schema.json",
    "docs/runbooks/restore.md": "artefacts 'runbook/restore' and 'card' would both be written",
    "mkdocs.yml": "would both be written to mkdocs.yml",
}


@pytest.mark.parametrize("path", COLLISIONS)
def test_two_artefacts_may_not_claim_one_place(path: str) -> None:
    world = rendered()
    world.put(
        "policies/artefacts.yaml",
        f"artefacts:\n  - {{id: card, path: {path}, template: card.j2, title: Card}}\n",
    )
    world.put("templates/card.j2", "# Card\n")
    outcome = world.render()
    assert (outcome.code, outcome.text) == (1, NOTHING_WRITTEN)
    found = [each for each in outcome.findings if each.code == "artefact.collision"]
    assert any(COLLISIONS[path] in each.message for each in found)
    assert {each.location.path for each in found} == {"policies/artefacts.yaml"}


def test_one_file_for_each_entry_needs_the_id_in_its_path() -> None:
    world = unrendered({"templates/card.j2": "# {{ entry.title }}\n"})
    card = "artefacts:\n  - {{id: card, path: docs/cards/{}.md, template: card.j2, title: C, each: role}}\n"
    world.put("policies/artefacts.yaml", card.format("one"))
    assert {each.code for each in world.render().findings} == {"artefact.collision"}
    world.put(
        "policies/artefacts.yaml", card.format("{id}").replace("docs/cards/{id}.md", "'docs/cards/{id}.md'")
    )
    assert world.render().code == 0
    assert [path for path in world.files if path.startswith("docs/cards/")] == [
        f"docs/cards/{role}.md" for role in ("code-reviewer", "data-engineer", "tech-lead")
    ]
    assert "# Technical lead\n" in world.text("docs/cards/tech-lead.md")
    assert '  - "More":\n      - "Code reviewer": "cards/code-reviewer.md"\n' in world.text("mkdocs.yml")


def test_files_that_are_no_templates_do_not_matter() -> None:
    world = rendered({"templates/.FAQ.md.j2.swp": "\x00", "templates/notes.txt": "x"})
    world.put("templates/docs/.NAMING.md.j2.swp", "\x00")
    assert world.check().code == 0
    assert world.unchanged()


class Dying(Exception):
    """The process ends here."""


def dying_writes(world: World, after: int) -> None:
    """Let the process die at the write that follows ``after`` others."""
    write, count = world.disk.write, iter(range(after))

    def dying(path: str, data: bytes) -> None:
        if next(count, None) is None:
            raise Dying
        write(path, data)

    world.disk.write = dying  # type: ignore[method-assign]  # dies where a process would


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_render_that_died_is_finished_by_the_next_one(after: int) -> None:
    world = stale()
    whole = stale()
    whole.render()
    dying_writes(world, after)
    with pytest.raises(Dying):
        world.render()
    assert world.disk.log[-1] == "unlock"
    left = World(world.files)
    assert not left.unchanged()
    assert {each.code for each in left.check().findings} <= {"drift.stale-policy", "link.anchor"}
    assert left.render().code == 0
    assert left.files == whole.files


@pytest.mark.parametrize("after", [1, 20, 56])
def test_so_is_the_first_one(after: int) -> None:
    world = unrendered()
    dying_writes(world, after)
    with pytest.raises(Dying):
        world.render()
    left = World(world.files)
    assert left.render().code == 0
    assert left.files == rendered().files


ELSEWHERE = ["../x.md", "a/../../x.md", "/tmp/x.md", "..", "", "\\\\server\\x", "..\\x.md", "C:\\x.md"]  # noqa: S108  # a path that must not be touched


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_ledger_never_removes_what_lies_outside(path: str) -> None:
    world = rendered()
    world.files[path or "?"] = b"precious"
    total = digest(b"precious")
    world.put(PATH, world.text(PATH) + f"wrote {total} {path}\n")
    assert world.check().code == 0
    assert world.render().code == 0
    assert world.files[path or "?"] == b"precious"
    assert f"remove {path}" not in world.disk.log
    assert path not in world.ledger.outputs


def test_a_ledger_never_removes_through_a_link_that_leads_out() -> None:
    world = rendered()
    world.put("away/x.md", "precious")
    world.wrote("away/x.md", "precious")
    world.disk.problem_with = lambda path: "leads out" if path.startswith("away/") else ""  # type: ignore[method-assign]  # as Disk says of a link
    assert world.render().code == 0
    assert world.text("away/x.md") == "precious"


def test_a_ledger_after_a_merge_conflict_is_read_for_what_it_says() -> None:
    ours, theirs = stale(), rendered()
    theirs.edit("policies/faq.yaml", "Who approves?", "Who agrees?")
    for side in (ours, theirs):
        side.render()
    lines = {side: set(side.text(PATH).splitlines()) for side in (ours, theirs)}
    both = [*lines[ours] & lines[theirs]]
    conflict = [
        *both,
        "<<<<<<< HEAD",
        *sorted(lines[ours] - lines[theirs]),
        "=======",
        *sorted(lines[theirs] - lines[ours]),
        ">>>>>>> topic",
    ]
    merged = World(ours.files)
    merged.put(FAQ, theirs.text(FAQ))
    merged.put(PATH, "\n".join(conflict) + "\n")
    assert not merged.unchanged()
    assert {each.code for each in merged.check().findings} == {"drift.stale-policy"}
    assert merged.render().code == 0
    assert merged.files == ours.files
