"""render --watch: what makes it render again, and what it shows."""

import re
from collections.abc import Callable

import pytest

from handrail.commands.outcome import Outcome
from handrail.commands.watch import FOLDERS, watch
from tests.fakes import StoppingClock
from tests.world import Act, World, edit, nothing, put, rendered, several, unrendered

RENAME = edit("policies/faq.yaml", "Who approves?", "Who may approve?")


def watched(world: World, *steps: Act, during: Callable[[int], None] | None = None) -> list[Outcome]:
    """Return what is shown while ``steps`` are done one at a time. ``during`` runs in every showing."""
    shown: list[Outcome] = []

    def show(outcome: Outcome) -> None:
        shown.append(outcome)
        if during:
            during(len(shown))

    clock = StoppingClock([lambda act=act: act(world) for act in steps])
    with pytest.raises(KeyboardInterrupt):
        watch(world.disk, world.disk, world.shipped, clock, show)
    return shown


STEPS: dict[str, tuple[Act, bool]] = {
    "nothing": (nothing, False),
    "a policy": (RENAME, True),
    "a template of its own": (put("templates/docs/FAQ.md.j2", "# Asked\n"), True),
    "a new policy file": (put("policies/more.yaml", "x: 1\n"), True),
    "the schema": (edit("prisma/schema.prisma", "Cascade", "Restrict"), True),
    "a schema of another": (put("src/schema.prisma", "model A {\n  id Int @id\n}\n"), False),
    "a file beside the schema": (put("prisma/seed.sql", "SELECT 1;\n"), False),
    "a page": (put("docs/notes.md", "# Notes\n"), False),
    "an output": (edit("docs/FAQ.md", "Look up", "Look"), False),
    "a schema": (edit("policies/schemas/faq.schema.json", "Do not edit", "Edit"), False),
}


@pytest.mark.parametrize(("act", "again"), STEPS.values(), ids=STEPS)
def test_what_makes_it_render_again(act: Act, again: bool) -> None:
    assert len(watched(rendered(), act, nothing, nothing)) == (2 if again else 1)


def test_only_what_was_written_is_shown() -> None:
    first, second = watched(rendered(), RENAME)
    assert re.match(r"\d+ unchanged\.\n", first.text)
    assert [line.split()[:2] for line in second.text.splitlines()[:2]] == [
        ["written", "docs/FAQ.md"],
        ["written", "docs/GITHUB_WORKFLOW.md"],
    ]
    assert re.fullmatch(r"\d+ unchanged, 2 written\.", second.text.splitlines()[2])


def test_the_first_render_of_a_repository_is_not_rendered_again() -> None:
    (first,) = watched(unrendered(), nothing, nothing)
    assert re.search(r"^\d+ written\.$", first.text, re.MULTILINE)


def test_findings_are_shown_and_the_next_change_mends_them() -> None:
    world = rendered()
    broken = edit("policies/metrics.yaml", "owner: tech-lead", "owner: no")
    mended = edit("policies/metrics.yaml", "owner: no", "owner: tech-lead")
    first, second, third = watched(world, broken, nothing, mended)
    assert (first.code, second.code, third.code) == (0, 1, 0)
    assert [each.code for each in second.findings] == ["policy.dangling-reference"]
    assert re.match(r"\d+ unchanged\.\n", third.text)


def test_a_change_during_a_render_is_rendered_next() -> None:
    world = rendered()

    def save_again(count: int) -> None:
        if count == 2:
            world.edit("policies/faq.yaml", "Who may approve?", "Who must approve?")

    shown = watched(world, RENAME, nothing, nothing, during=save_again)
    assert len(shown) == 3
    assert "Who must approve?" in world.text("docs/FAQ.md")
    assert world.check().code == 0


def test_what_makes_a_render_impossible_does_not_end_the_watch() -> None:
    world = rendered()
    kept = dict(world.files)

    def lose(world: World) -> None:
        for path in [path for path in world.files if path.startswith(FOLDERS)]:
            del world.files[path]

    _, lost, found = watched(world, lose, nothing, lambda world: world.files.update(kept))
    assert (lost.code, found.code) == (2, 0)
    assert lost.text == (
        "there is no policy: policies/ holds no YAML file\n"
        "    hint: Run: handrail init, or point --root at the repository.\n"
    )


def test_changes_between_two_looks_are_rendered_at_once() -> None:
    shown = watched(rendered(), several(RENAME, edit("policies/faq.yaml", "Look up", "Find")), nothing)
    assert len(shown) == 2
