"""check names what happened to each file, shows it, and prints the command that repairs it."""

import json
import re
from typing import NamedTuple

import pytest

from handrail import __version__
from handrail.artefacts.ledger import PATH
from tests.world import Act, Shipped, World, commands_in, delete, edit, put, rendered, several, ship

FAQ = "docs/FAQ.md"
CARD = """\
artefacts:
  - id: card
    path: {path}
    template: card.md.j2
    title: Card
skip: []
"""


ROLLBACK = json.dumps(
    {
        "version": 1,
        "kind": "rollback",
        "migrations": [{"name": "2_drop_users", "sha256": "b" * 64}],
        "verdict": "failed",
        "finished_at": "2026-11-21T09:00:00Z",
        "source": {"what": "rows made", "taken_at": "2026-11-21T09:00:00Z", "data": "seeded"},
        "schema_restored": False,
    }
)


class Drift(NamedTuple):
    """What was done, and what is said of ``path``. ``repair`` is '' where a person has to decide."""

    name: str
    act: Act
    path: str
    code: str
    reason: str
    hint: str
    diff: tuple[str, ...]
    line: int = 1
    repairs: bool = True


def _orphan(world: World) -> None:
    world.put("policies/artefacts.yaml", CARD.format(path="ops/card.md"))
    world.put("templates/card.md.j2", "Call {{ policy.team.team.name }}.\n")
    assert world.render().code == 0
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: []\n")
    world.delete("templates/card.md.j2")


def _edited_orphan(world: World) -> None:
    _orphan(world)
    world.edit("ops/card.md", "Platform", "Other")


def _skipped(world: World) -> None:
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: [waivers]\n")


def _moved(world: World) -> None:
    _orphan(world)
    world.put("templates/card.md.j2", "Call {{ policy.team.team.name }}.\n")
    world.put("policies/artefacts.yaml", CARD.format(path="ops/new/card.md"))


def _foreign(world: World) -> None:
    world.put("policies/artefacts.yaml", CARD.format(path="ops/card.md"))
    world.put("templates/card.md.j2", "Call {{ policy.team.team.name }}.\n")
    world.put("ops/card.md", "Written by hand, long ago.\n")


def _other_version(world: World) -> None:
    world.by_version("0.0.1")
    world.wrote(FAQ, world.text(FAQ).replace("# Questions", "# The questions"))


def _included(world: World) -> None:
    world.put("templates/docs/NAMING.md.j2", '{% include "ours/names.md.j2" %}\n')
    world.put("templates/ours/names.md.j2", "# One\n")
    assert world.render().code == 0
    world.put("templates/ours/names.md.j2", "# Two\n")


def _interrupted(world: World) -> None:
    """Leave a file of an interrupted render: the ledger knows both, the inputs are the old ones."""
    old = world.text(FAQ)
    world.edit("policies/faq.yaml", "Who approves?", "Who may approve?")
    assert world.render().code == 0
    world.put(PATH, world.text(PATH).replace("clean yes", "clean no"))
    (new,) = world.ledger.outputs[FAQ]
    world.wrote(FAQ, old)
    (kept,) = world.ledger.outputs[FAQ]
    world.put(PATH, world.text(PATH).replace(f"wrote {kept} {FAQ}", f"wrote {kept},{new} {FAQ}"))


STALE = "Repair it: handrail render"
BY_HAND = "Put the change into the policy, then: handrail render --overwrite "
DRIFTS = [
    Drift(
        "policy changed",
        edit("policies/faq.yaml", "Who approves?", "Who may approve?"),
        FAQ,
        "drift.stale-policy",
        "the policy changed (policies/faq.yaml) and was not rendered",
        STALE,
        ("-## Who approves?", '+## <a id="who-approves"></a>Who may approve?'),
    ),
    Drift(
        "policy and another policy changed",
        several(
            edit("policies/faq.yaml", "Who approves?", "Who may approve?"),
            edit("policies/metrics.yaml", "every month", "every year"),
        ),
        FAQ,
        "drift.stale-policy",
        "the policy changed (policies/faq.yaml) and was not rendered",
        STALE,
        ("Who may approve?",),
    ),
    Drift(
        "schema changed",
        edit("prisma/schema.prisma", "onDelete: Cascade", "onDelete: Restrict"),
        "docs/SCHEMA_RISKS.md",
        "drift.stale-schema",
        "the schema changed (prisma/schema.prisma) and was not rendered",
        STALE,
        ("-  t1 -->|deletes| t2", "+  t1 --x|is stopped by| t2"),
    ),
    Drift(
        "evidence came",
        put("migration-evidence/b.json", ROLLBACK),
        "docs/METRICS.md",
        "drift.stale-evidence",
        "the evidence changed (migration-evidence) and was not rendered",
        "Repair it: handrail render",
        ("+- 1 of 2 (50 %) rollbacks restored the schema at the first try.",),
    ),
    Drift(
        "evidence went",
        delete("migration-evidence/restore-sqlite-drill.json"),
        "docs/runbooks/restore.md",
        "drift.stale-evidence",
        "the evidence changed (migration-evidence) and was not rendered",
        "Repair it: handrail render",
        ("**not drilled**",),
    ),
    Drift(
        "schema deleted",
        delete("prisma/schema.prisma"),
        "docs/SCHEMA_RISKS.md",
        "drift.stale-schema",
        "the schema changed (prisma/schema.prisma) and was not rendered",
        STALE,
        ("+There is no Prisma schema at `prisma/schema.prisma`",),
    ),
    Drift(
        "edited by hand",
        edit(FAQ, "Look up the level.", "Ask around."),
        FAQ,
        "drift.edited",
        "it was edited by hand",
        BY_HAND + FAQ,
        ("-1. Ask around.", "+1. Look up the level."),
        line=14,
    ),
    Drift(
        "edited by hand and policy changed",
        several(
            edit(FAQ, "Look up the level.", "Ask around."),
            edit("policies/faq.yaml", "Look up", "Find"),
        ),
        FAQ,
        "drift.edited",
        "it was edited by hand",
        BY_HAND + FAQ,
        ("-1. Ask around.", "+1. Find the level."),
        line=14,
    ),
    Drift(
        "emptied by hand",
        put(FAQ, ""),
        FAQ,
        "drift.edited",
        "it was edited by hand",
        BY_HAND + FAQ,
        ("+# Questions and answers",),
    ),
    Drift(
        "missing",
        delete(FAQ),
        FAQ,
        "drift.missing",
        "it is missing",
        STALE,
        ("+# Questions and answers",),
    ),
    Drift(
        "orphan",
        _orphan,
        "ops/card.md",
        "drift.orphan",
        "no artefact makes it any more",
        "Remove it: handrail render",
        ("-Call Platform team.",),
    ),
    Drift(
        "edited orphan",
        _edited_orphan,
        "ops/card.md",
        "drift.orphan",
        "no artefact makes it any more, and it was edited by hand",
        "Remove it yourself when nothing in it is needed.",
        ("-Call Other team.",),
        repairs=False,
    ),
    Drift(
        "orphan of a skipped artefact",
        _skipped,
        "docs/WAIVERS.md",
        "drift.orphan",
        "no artefact makes it any more",
        "Remove it: handrail render",
        ("-# Waivers",),
    ),
    Drift(
        "moved artefact",
        _moved,
        "ops/card.md",
        "drift.orphan",
        "no artefact makes it any more",
        "Remove it: handrail render",
        ("-Call Platform team.",),
    ),
    Drift(
        "own template",
        put("templates/docs/FAQ.md.j2", "# Asked often\n"),
        FAQ,
        "drift.stale-template",
        "the template changed (docs/FAQ.md.j2) and was not rendered",
        STALE,
        ("-# Questions and answers", "+# Asked often"),
    ),
    Drift(
        "shipped template",
        ship("templates/docs/FAQ.md.j2", "# Asked often\n"),
        FAQ,
        "drift.stale-template",
        "the template changed (docs/FAQ.md.j2) and was not rendered",
        STALE,
        ("-# Questions and answers", "+# Asked often"),
    ),
    Drift(
        "partial",
        put(
            "templates/_partials/level.md.j2",
            Shipped().read("templates/_partials/level.md.j2").decode().replace("any time", "whenever"),
        ),
        "docs/RISK_LEVELS.md",
        "drift.stale-template",
        "the template changed (_partials/level.md.j2) and was not rendered",
        STALE,
        ("any time", "whenever"),
    ),
    Drift(
        "template that another includes",
        _included,
        "docs/NAMING.md",
        "drift.stale-template",
        "the template changed (ours/names.md.j2) and was not rendered",
        STALE,
        ("-# One", "+# Two"),
    ),
    Drift(
        "other version",
        _other_version,
        FAQ,
        "drift.stale-version",
        f"it was rendered by another Handrail (0.0.1; this is {__version__})",
        STALE,
        ("-# The questions and answers", "+# Questions and answers"),
    ),
    Drift(
        "interrupted render",
        _interrupted,
        FAQ,
        "drift.stale-policy",
        "it was rendered from another state of the policy",
        STALE,
        ("Who approves?", "Who may approve?"),
    ),
    Drift(
        "foreign",
        _foreign,
        "ops/card.md",
        "drift.foreign",
        "it was not written by Handrail",
        "Move it away, or replace it: handrail render --overwrite ops/card.md",
        ("-Written by hand, long ago.", "+Call Platform team."),
    ),
]
IDS = [drift.name for drift in DRIFTS]
REFUSED = [drift for drift in DRIFTS if "by hand" in drift.reason or drift.code == "drift.foreign"]


@pytest.mark.parametrize("drift", DRIFTS, ids=IDS)
def test_each_drift_is_named_shown_and_repaired_by_the_command_in_its_hint(drift: Drift) -> None:
    world = rendered()
    drift.act(world)
    before = dict(world.files)
    assert not world.unchanged()
    outcome = world.check(diff=True)
    assert outcome.code == 1
    assert world.files == before
    (finding,) = [each for each in outcome.findings if each.location.path == drift.path]
    assert (finding.code, finding.severity, finding.hint) == (drift.code, "error", drift.hint)
    assert finding.message == f"does not agree with the policy: {drift.reason}"
    assert finding.location.line == drift.line
    head = [f"--- {drift.path} (there)", f"+++ {drift.path} (as the policy says)"]
    assert finding.diff.splitlines()[:2] == head
    assert [part for part in drift.diff if part not in finding.diff] == []
    commands = commands_in(finding)
    assert bool(commands) is drift.repairs
    for command in commands:
        world.run(command)
    if not drift.repairs:
        world.delete(drift.path)
        world.render()
    assert [each for each in world.check().findings if each.location.path == drift.path] == []


@pytest.mark.parametrize("drift", REFUSED, ids=[drift.name for drift in REFUSED])
def test_a_plain_render_never_overwrites_what_a_hand_wrote(drift: Drift) -> None:
    world = rendered()
    drift.act(world)
    before = world.files[drift.path]
    outcome = world.render()
    assert world.files[drift.path] == before
    (refusal,) = [each for each in outcome.findings if each.code == drift.code]
    assert refusal.message == f"{drift.path} was left as it is: {drift.reason}"
    assert refusal.hint == drift.hint
    assert f"refused    {drift.path}  ({drift.reason})\n" in outcome.text
    assert outcome.code == 1
    assert not world.ledger.clean
    assert not world.unchanged()


def test_a_refused_file_stays_known_until_it_is_repaired() -> None:
    world = rendered()
    world.edit(FAQ, "Look up the level.", "Ask around.")
    for _ in range(2):
        assert [each.code for each in world.render().findings] == ["drift.edited"]
    world.edit(FAQ, "Ask around.", "Look up the level.")
    assert world.render().code == 0
    assert world.unchanged()


def test_a_refused_foreign_file_stays_foreign() -> None:
    world = rendered()
    _foreign(world)
    for _ in range(2):
        assert [each.code for each in world.render().findings] == ["drift.foreign"]
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: []\n")
    world.delete("templates/card.md.j2")
    assert world.render().code == 0
    assert world.text("ops/card.md") == "Written by hand, long ago.\n"


def test_overwriting_says_that_it_was_asked_to() -> None:
    world = rendered()
    world.edit(FAQ, "Look up the level.", "Ask around.")
    outcome = world.render(overwrite=(FAQ,))
    assert outcome.code == 0
    assert f"written    {FAQ}  (as asked: it was edited by hand)\n" in outcome.text


def test_overwriting_one_file_leaves_the_others_alone() -> None:
    world = rendered()
    world.edit(FAQ, "Look up the level.", "Ask around.")
    world.edit("docs/NAMING.md", "starts with", "ends with")
    outcome = world.render(overwrite=(FAQ,))
    assert [(each.code, each.location.path) for each in outcome.findings] == [
        ("drift.edited", "docs/NAMING.md")
    ]
    assert "ends with" in world.text("docs/NAMING.md")
    assert "Look up the level." in world.text(FAQ)


def test_a_foreign_file_that_says_the_right_thing_is_taken_over() -> None:
    world = rendered()
    clean = dict(world.files)
    world.delete(PATH)
    assert world.check().code == 0
    assert world.written(world.render) == []
    assert world.files == clean


@pytest.mark.parametrize("path", ["ops/on call.md", "ops/it's.md", "ops/$HOME.md"])
def test_the_command_names_the_file_as_a_shell_reads_it(path: str) -> None:
    world = rendered()
    world.put("policies/artefacts.yaml", CARD.format(path=f'"{path}"'))
    world.put("templates/card.md.j2", "Call.\n")
    world.put(path, "Written by hand.\n")
    (checked,), (refused,) = world.check().findings, world.render().findings
    (command,) = commands_in(refused)
    assert commands_in(checked) == [command]
    assert world.run(command).code == 0
    assert "Call." in world.text(path)


def test_the_short_difference_is_cut_and_says_how_to_see_all() -> None:
    world = rendered()
    world.put(FAQ, "\n".join(f"line {number}" for number in range(40)))
    (short,) = [each.diff.splitlines() for each in world.check().findings]
    (whole,) = [each.diff.splitlines() for each in world.check(diff=True).findings]
    assert len(short) == 13
    assert re.fullmatch(r"\.\.\. [1-9]\d more lines; all of them: handrail check --diff", short[-1])
    assert "-line 39" in whole


def test_a_difference_beyond_the_cut_is_told() -> None:
    world = rendered()
    world.put(
        FAQ, world.text(FAQ).replace("# Questions and answers\n", f"# Questions and answers{' ' * 9}\n")
    )
    (finding,) = world.check().findings
    assert finding.diff
    world.put("policies/faq.yaml", world.text("policies/faq.yaml").replace("See [[", "x " * 100 + "See [["))
    world.render(overwrite=(FAQ,))
    world.edit(FAQ, "See [", "Look at [")
    (finding,) = world.check().findings
    assert finding.diff == "only numbers of lines, or spaces, or far to the right: handrail check --diff"
    assert "Look at [" in world.check(diff=True).findings[0].diff


def test_the_short_difference_shows_the_cell_that_changed() -> None:
    world = rendered()
    world.edit("policies/roles.yaml", "roles:\n", "# One more line moves every number.\nroles:\n")
    world.edit("policies/risk-matrix.yaml", "review_target_hours: 24", "review_target_hours: 12")
    (finding,) = [each for each in world.check().findings if each.location.path == "docs/APPROVAL_MATRIX.md"]
    assert finding.diff.splitlines()[2:] == ["-within 24 hours", "+within 12 hours"]
