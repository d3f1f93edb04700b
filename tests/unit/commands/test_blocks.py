"""Blocks inside hand-written files: what is filled, what is refused, and where a marker is wrong."""

from typing import NamedTuple

import pytest

from tests.world import Act, World, delete, edit, put, rendered, several, unrendered

HOST = "docs/GITHUB_WORKFLOW.md"
OWNERS = ".github/CODEOWNERS"
SITE = "mkdocs.yml"
FAQ_END = "<!-- handrail:end workflow-faq"


def end_of(world: World, block: str, path: str = HOST) -> str:
    """Return the end marker of a block, with its checksum."""
    (line,) = [each for each in world.text(path).splitlines() if f"handrail:end {block}" in each]
    return line.strip()


def without_end(block: str, path: str = HOST) -> Act:
    return lambda world: world.edit(path, end_of(world, block, path) + "\n", "")


def without_begin(block: str) -> Act:
    return edit(HOST, f"<!-- handrail:begin {block} -->\n\n", "\n")


class Mistake(NamedTuple):
    """A wrong marker, and what is said of it. ``line`` is a text of the line that is pointed at."""

    name: str
    act: Act
    code: str
    message: str
    line: str
    hint: str
    path: str = HOST
    column: int = 1


MISTAKES = [
    Mistake(
        "missing end",
        without_end("workflow-faq"),
        "block.missing-end",
        "block 'workflow-faq' begins and does not end",
        "handrail:begin workflow-faq",
        "Add the line 'handrail:end workflow-faq' below it.",
    ),
    Mistake(
        "missing end before another",
        without_end("workflow-review"),
        "block.nested",
        "block 'workflow-faq' begins inside block 'workflow-review' (line 23)",
        "handrail:begin workflow-faq",
        "End the outer block first; blocks do not nest.",
    ),
    Mistake(
        "missing begin",
        without_begin("workflow-faq"),
        "block.missing-begin",
        "block 'workflow-faq' ends but did not begin",
        "handrail:end workflow-faq",
        "Add the line 'handrail:begin workflow-faq' above, or remove this one.",
    ),
    Mistake(
        "nested",
        edit(HOST, FAQ_END, f"<!-- handrail:begin workflow-faq -->\n{FAQ_END}"),
        "block.nested",
        "block 'workflow-faq' begins inside block 'workflow-faq'",
        "handrail:begin workflow-faq",
        "End the outer block first; blocks do not nest.",
    ),
    Mistake(
        "duplicate",
        edit(HOST, "The end.", "<!-- handrail:begin workflow-faq -->\n<!-- handrail:end workflow-faq -->\n"),
        "block.duplicate",
        "block 'workflow-faq' stands here twice",
        "handrail:begin workflow-faq",
        "Keep one.",
    ),
    Mistake(
        "unknown",
        edit(HOST, "The end.", "<!-- handrail:begin wurkflow -->\n<!-- handrail:end wurkflow -->\n"),
        "block.unknown",
        "there is no block 'wurkflow'",
        "handrail:begin wurkflow",
        "Name one of this file's (workflow-faq, workflow-pull-request, workflow-review), or remove it.",
    ),
    Mistake(
        "unknown word",
        edit(HOST, "The end.", "<!-- handrail:start workflow-faq -->\n"),
        "block.marker",
        "unknown marker 'handrail:start'",
        "handrail:start",
        "Write begin or end.",
    ),
    Mistake(
        "absent",
        several(without_begin("workflow-faq"), without_end("workflow-faq")),
        "block.absent",
        f"{HOST} has no block 'workflow-faq'",
        "# GitHub workflow",
        "Add the lines '<!-- handrail:begin workflow-faq -->' and '<!-- handrail:end workflow-faq -->' "
        "where it belongs.",
    ),
    Mistake(
        "no host",
        delete(HOST),
        "block.no-file",
        f"{HOST} is missing; it holds the generated blocks workflow-pull-request, workflow-review, "
        "workflow-faq",
        "",
        "Run handrail init to lay it down, or list workflow-pull-request, workflow-review, workflow-faq "
        "under 'skip:' in policies/artefacts.yaml.",
    ),
    Mistake(
        "host not UTF-8",
        lambda world: world.files.update({HOST: world.files[HOST].replace(b"The end.", b"The \xff end.")}),
        "block.not-utf8",
        f"{HOST} is not UTF-8",
        "The \ufffd end.",
        "Save the file as UTF-8.",
    ),
    Mistake(
        "indented, in YAML",
        without_end("navigation", SITE),
        "block.missing-end",
        "block 'navigation' begins and does not end",
        "handrail:begin navigation",
        "Add the line 'handrail:end navigation' below it.",
        SITE,
        3,
    ),
    Mistake(
        "absent from CODEOWNERS",
        put(OWNERS, "* @ada\n"),
        "block.absent",
        f"{OWNERS} has no block 'codeowners'",
        "* @ada",
        "Add the lines '# handrail:begin codeowners' and '# handrail:end codeowners' where it belongs.",
        OWNERS,
    ),
    Mistake(
        "of a skipped artefact beside others",
        put("policies/artefacts.yaml", "artefacts: []\nskip: [workflow-faq]\n"),
        "block.unknown",
        "there is no block 'workflow-faq'",
        "handrail:begin workflow-faq",
        "Name one of this file's (workflow-pull-request, workflow-review), or remove it.",
    ),
    Mistake(
        "of a skipped artefact alone",
        put("policies/artefacts.yaml", "artefacts: []\nskip: [codeowners]\n"),
        "block.unknown",
        "there is no block 'codeowners'",
        "handrail:begin codeowners",
        "Remove it.",
        OWNERS,
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])
def test_a_wrong_marker_is_told_at_its_line_and_nothing_is_written(mistake: Mistake) -> None:
    world = rendered()
    mistake.act(world)
    world.edit("policies/faq.yaml", "Who approves?", "Who may approve?")
    before = dict(world.files)
    checked, wrote = world.check(), world.render()
    for outcome in (checked, wrote):
        assert outcome.code == 1
        found = [each for each in outcome.findings if each.code.startswith("block.")]
        finding = next(each for each in found if each.code == mistake.code)
        assert finding.severity == "error"
        assert finding.message.startswith(mistake.message)
        assert finding.hint == mistake.hint
        assert (finding.location.path, finding.location.column) == (mistake.path, mistake.column)
        lines = world.files.get(mistake.path, b"\n").decode("utf-8", "replace").splitlines()
        assert mistake.line in lines[finding.location.line - 1]
    assert wrote.text == "Nothing was written.\n"
    assert world.files == before
    assert not world.unchanged()


def test_every_wrong_marker_of_a_file_is_told_in_one_run() -> None:
    world = rendered()
    world.put(
        HOST,
        "# Workflow\n\n<!-- handrail:end workflow-faq -->\n\n  <!-- handrail:stop x -->\n\n"
        "<!-- handrail:begin nonsense -->\n<!-- handrail:end nonsense -->\n\n"
        "<!-- handrail:begin workflow-review -->\n",
    )
    found = [(each.code, str(each.location)) for each in world.check().findings if "block." in each.code]
    assert found == [
        ("block.missing-begin", f"{HOST}:3:1"),
        ("block.marker", f"{HOST}:5:3"),
        ("block.unknown", f"{HOST}:7:1"),
        ("block.missing-end", f"{HOST}:10:1"),
    ]


EDITS: dict[str, tuple[str, Act, str]] = {
    "a word": (HOST, edit(HOST, "[Who approves?](FAQ", "[Who decides?](FAQ"), "workflow-faq"),
    "a line more": (HOST, edit(HOST, FAQ_END, "Also this.\n" + FAQ_END), "workflow-faq"),
    "a blank line more": (HOST, edit(HOST, FAQ_END, "\n" + FAQ_END), "workflow-faq"),
    "an owner": (OWNERS, edit(OWNERS, "@acme/data-engineers", "@everybody"), "codeowners"),
    "a page": (SITE, edit(SITE, "FAQ.md", "WHY.md"), "navigation"),
    "a word, and the checksum is gone": (
        HOST,
        lambda world: several(
            edit(HOST, "[Who approves?](FAQ", "[Who decides?](FAQ"),
            edit(HOST, end_of(world, "workflow-faq"), "<!-- handrail:end workflow-faq -->"),
        )(world),
        "workflow-faq",
    ),
    "a word, and the policy changed as well": (
        HOST,
        several(
            edit(HOST, "[Who approves?](FAQ", "[Who decides?](FAQ"),
            edit("policies/faq.yaml", "Who approves?", "Who may approve?"),
        ),
        "workflow-faq",
    ),
}


@pytest.mark.parametrize(("path", "act", "block"), EDITS.values(), ids=EDITS)
def test_an_edit_inside_is_refused_and_overwritten_only_when_asked(path: str, act: Act, block: str) -> None:
    world = rendered()
    act(world)
    before = world.files[path]
    (checked,) = [each for each in world.check().findings if each.code == "drift.edited"]
    (refused,) = [each for each in world.render().findings if each.code == "drift.edited"]
    lines = before.decode().splitlines()
    for finding in (checked, refused):
        assert finding.message.endswith(f": block '{block}' was edited by hand")
        assert finding.location.path == path
        assert f"handrail:begin {block}" in lines[finding.location.line - 1]
        assert finding.hint == f"Put the change into the policy, then: handrail render --overwrite {path}"
    assert world.files[path] == before
    outcome = world.render(overwrite=(path,))
    assert outcome.code == 0
    assert f"written    {path}  (as asked: block '{block}' was edited by hand)\n" in outcome.text
    assert world.check().code == 0
    assert world.unchanged()


HEALED: dict[str, Act] = {
    "the checksum is gone": lambda world: world.edit(
        HOST, end_of(world, "workflow-faq"), "<!-- handrail:end workflow-faq -->"
    ),
    "the checksum is another": lambda world: world.edit(
        HOST, end_of(world, "workflow-faq"), "<!-- handrail:end workflow-faq 00 -->"
    ),
    "the block is emptied to be new": lambda world: world.put(
        HOST,
        world.text(HOST).split("<!-- handrail:begin workflow-review")[0]
        + "<!-- handrail:begin workflow-review -->\n<!-- handrail:end workflow-review -->\n\n"
        "<!-- handrail:begin workflow-faq -->\n<!-- handrail:end workflow-faq -->\n",
    ),
    "the ledger is gone": delete(".handrail/ledger"),
    "CODEOWNERS is gone": delete(OWNERS),
}


@pytest.mark.parametrize("act", HEALED.values(), ids=HEALED)
def test_what_is_no_edit_is_filled_by_a_plain_render(act: Act) -> None:
    world = rendered()
    act(world)
    assert world.render().code == 0
    assert world.check().code == 0
    assert world.unchanged()


AROUND: dict[str, Act] = {
    "text around it": edit(HOST, "Between.", "Something else stands *between*."),
    "blocks in another order": lambda world: world.put(
        HOST,
        "# Workflow\n\n"
        + "\n\n".join(
            f"<!-- handrail:begin {block} -->\n<!-- handrail:end {block} -->"
            for block in ("workflow-faq", "workflow-review", "workflow-pull-request")
        )
        + "\n",
    ),
    "an example in a code fence": edit(
        HOST,
        "The end.",
        "```html\n<!-- handrail:begin workflow-faq -->\n<!-- handrail:stop -->\n```\n\nThe end.",
    ),
    "an example in indented code": edit(HOST, "The end.", "    <!-- handrail:begin nonsense -->\n\nThe end."),
    "an example in a sentence": edit(HOST, "The end.", "See `<!-- handrail:begin nonsense -->`. The end."),
    "no line break at the end": lambda world: world.put(
        HOST, world.text(HOST).replace("\nThe end.\n", "").rstrip("\n")
    ),
    "rules for other paths": lambda world: world.put(
        OWNERS, "* @ada\n\n" + world.text(OWNERS) + "\n/docs/ @grace\n"
    ),
    "another indentation": edit(SITE, "- GitHub:", "- 'On GitHub':"),
}


@pytest.mark.parametrize("act", AROUND.values(), ids=AROUND)
def test_what_stands_around_the_blocks_is_left_to_the_letter(act: Act) -> None:
    world = rendered()
    act(world)
    outside = {path: _outside(world.text(path)) for path in (HOST, OWNERS, SITE)}
    assert world.render().code == 0
    world.edit("policies/faq.yaml", "Who approves?", "Who may approve?")
    world.edit("policies/roles.yaml", "acme/data-engineers", "acme/keepers")
    assert world.render().code == 0
    assert "Who may approve?" in world.text(HOST)
    assert "@acme/keepers" in world.text(OWNERS)
    assert {path: _outside(world.text(path)) for path in (HOST, OWNERS, SITE)} == outside
    assert world.check().code == 0


def _outside(text: str) -> list[str]:
    """Return the lines outside of blocks, the markers without their checksum."""
    lines, inside, fenced = [], False, False
    for line in text.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        marker = "handrail:" in line and not fenced and line.strip().startswith(("<!--", "#"))
        if marker and "handrail:end" in line and inside:
            inside = False
        if not inside:
            lines.append(line.split("handrail:end")[0] if marker else line)
        if marker and line.startswith(("<!-- handrail:begin", "  # handrail:begin", "# handrail:begin")):
            inside = True
    return lines


def test_windows_line_ends_stay() -> None:
    world = unrendered()
    world.put(HOST, world.text(HOST).replace("\n", "\r\n"))
    assert world.render().code == 0
    text = world.text(HOST)
    assert text.count("\n") == text.count("\r\n")
    assert world.render().text.startswith("unchanged")
    world.edit(HOST, "[Who approves?](FAQ", "[Who decides?](FAQ")
    assert [each.code for each in world.check().findings] == ["drift.edited"]


def test_a_new_codeowners_file_holds_the_block_alone() -> None:
    world = rendered()
    lines = world.text(OWNERS).splitlines()
    assert lines[0] == "# handrail:begin codeowners"
    assert lines[-1].startswith("# handrail:end codeowners ")
    rules = [line.split() for line in lines if not line.startswith("#")]
    assert rules == [
        ["/prisma/migrations/", "@acme/data-engineers"],
        ["/prisma/schema.prisma", "@acme/data-engineers"],
        ["/policies/", "@acme/data-engineers"],
        ["/templates/", "@acme/data-engineers"],
        ["/.github/", "@acme/data-engineers"],
    ]


def test_a_block_that_is_no_longer_wanted_may_be_taken_out() -> None:
    world = rendered()
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: [codeowners]\n")
    world.delete(OWNERS)
    assert world.render().code == 0
    assert [path for path in world.ledger.outputs if "CODEOWNERS" in path] == []
    assert world.unchanged()
