"""What changed in meaning, in exact sentences, and in which direction."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from handrail.core.location import Location
from handrail.core.record import replace
from handrail.policy.diff import diff_policies
from handrail.policy.forms import forms_of
from handrail.policy.load import load_policy
from handrail.policy.model import FILES, Policy
from handrail.policy.shape import Node
from tests.minimal.builder import (
    dump_policies,
    edited,
    load,
    minimal_data,
    minimal_files,
    minimal_policies,
    minimal_policy,
)

Edit = tuple[str, str, str]
"""Stem of a file, the text that stands there, the text that takes its place."""

MATRIX = "risk-matrix"
TWO = "      - role: data-engineer\n      - role: tech-lead\n    minimum_wait_hours: 48"
BACKUP = """\
      - id: backup-verified
        text: The backup was restored once
        why: A backup that was never restored is a hope.
        how: Restore it elsewhere.
        from_level: HIGH
        checked_by: person
"""
REHEARSED = """\
  - id: rollback-rehearsed
    title: The rollback was rehearsed
    from_level: HIGH
    why: Nobody can think at night.
    evidence: A log of the rehearsal.
    checked_by: person
"""
SECOND_ITEM = BACKUP.replace("backup-verified", "second").replace("was", "is")
SECOND_REQUIREMENT = REHEARSED.replace("rollback-rehearsed", "second").replace("was", "is")
EMPTY = "    raised:\n      - condition: empty\n        when: the table is empty\n        level: HIGH\n"
LAST_ITEM = "        check: history-untouched\n"
STEP = "          - run: systemctl stop app\n"
FREEZE = """\
      - id: freeze
        title: Stop the application
        text: Nothing may write.
        commands:
          - run: systemctl stop app
        if_not: Call the technical lead.
"""
COPY = """\
      - id: copy
        title: Copy the backup
        commands:
          - run: cp backup.db app.db
        if_not: Take the one before.
"""
WAIVER = minimal_files()["policies/waivers.yaml"].decode().removeprefix("waivers:\n")
SECOND_WAIVER = (
    "  - {operation: column.rename, object: notes.title, reason: r, owner: ada, expires: 2027-01-31}\n"
)


WINDOW = (
    "  - {id: daily, title: Daily window, days: [Monday], from_time: 09:00, to_time: 11:30, "
    "time_zone: Europe/Berlin, why: Often.}\n"
)


def approvals(*lines: str) -> Edit:
    """Replace the two approvals of CRITICAL."""
    return MATRIX, TWO, "".join(f"      {line}\n" for line in lines) + "    minimum_wait_hours: 48"


TABLE: list[tuple[str, list[Edit], list[str]]] = [
    # approvals
    (
        "one approval more",
        [approvals("- role: data-engineer", "- role: tech-lead", "  count: 2")],
        ["CRITICAL now needs 3 approvals (was 2): tightened"],
    ),
    (
        "an approval less",
        [approvals("- role: tech-lead")],
        [
            "CRITICAL now needs 1 approval (was 2): loosened",
            "CRITICAL no longer needs 1 approval of data-engineer: loosened",
        ],
    ),
    (
        "another role approves",
        [approvals("- role: data-engineer", "- role: code-reviewer")],
        [
            "CRITICAL no longer needs 1 approval of tech-lead: loosened",
            "CRITICAL now also needs 1 approval of code-reviewer: tightened",
        ],
    ),
    (
        "more, but without the technical lead",
        [approvals("- role: data-engineer", "  count: 3")],
        [
            "CRITICAL no longer needs 1 approval of tech-lead: loosened",
            "CRITICAL now needs 3 approvals (was 2): tightened",
            "CRITICAL now needs 3 approvals of data-engineer (was 1): tightened",
        ],
    ),
    ("approvals in another order", [approvals("- role: tech-lead", "- role: data-engineer")], []),
    (
        "a count that was the default",
        [approvals("- role: data-engineer", "  count: 1", "- role: tech-lead")],
        [],
    ),
    # levels
    (
        "minimum wait shorter",
        [(MATRIX, "minimum_wait_hours: 24", "minimum_wait_hours: 12")],
        ["level HIGH: minimum wait hours is now 12 (was 24): loosened"],
    ),
    (
        "minimum wait gone",
        [(MATRIX, "    minimum_wait_hours: 24\n", "")],
        ["level HIGH: minimum wait hours is now 0 (was 24): loosened"],
    ),
    (
        "window gone",
        [(MATRIX, "24\n    deploy_window: weekly", "24")],
        ["level HIGH: deploy window is now nothing (was weekly): loosened"],
    ),
    (
        "window given",
        [(MATRIX, "hours: 48\n  - id: HIGH", "hours: 48\n    deploy_window: weekly\n  - id: HIGH")],
        ["level MEDIUM: deploy window is now weekly (was nothing): tightened"],
    ),
    (
        "another window",
        [
            ("team", "windows:\n", f"windows:\n{WINDOW}"),
            (MATRIX, "24\n    deploy_window: weekly", "24\n    deploy_window: daily"),
        ],
        [
            "window daily added: changed",
            "level HIGH: deploy window is now daily (was weekly): changed",
        ],
    ),
    (
        "review target",
        [(MATRIX, "    review_target_hours: 48\n", "")],
        ["level MEDIUM: review target hours is now nothing (was 48): changed"],
    ),
    (
        "flags of the matrix",
        [
            (MATRIX, "distinct_people: true", "distinct_people: false"),
            (MATRIX, "dismiss_stale: true", "dismiss_stale: false"),
            (MATRIX, "reviews: medium_and_up", "reviews: all"),
        ],
        [
            "risk-matrix: distinct people is now false (was true): loosened",
            "risk-matrix: dismiss stale is now false (was true): loosened",
            "risk-matrix: data engineer reviews is now all (was medium_and_up): tightened",
        ],
    ),
    (
        "meaning and title of a level",
        [(MATRIX, "It adds something.", "It adds a thing."), (MATRIX, "title: Low", "title: Small")],
        ["level LOW: title: reworded", "level LOW: meaning: reworded"],
    ),
    (
        "an example",
        [(MATRIX, "Dropping a table", "Removing a table")],
        [
            "level CRITICAL: example 'Dropping a table' removed: changed",
            "level CRITICAL: example 'Removing a table' added: changed",
        ],
    ),
    ("what an entry covers has no meaning of its own", [(MATRIX, "    covers: [A1]\n", "")], []),
    # requirements and checklists
    (
        "a requirement gone",
        [(MATRIX, REHEARSED, "")],
        ["requirement rollback-rehearsed removed: loosened"],
    ),
    (
        "a requirement more",
        [
            (
                MATRIX,
                REHEARSED,
                REHEARSED + REHEARSED.replace("rollback-rehearsed", "second").replace("was", "is"),
            )
        ],
        ["requirement second added from HIGH on: tightened"],
    ),
    (
        "a requirement with another id",
        [(MATRIX, "id: rollback-rehearsed", "id: rollback-tried")],
        ["requirement rollback-rehearsed renamed to rollback-tried: changed"],
    ),
    (
        "a requirement with another id and another level",
        [
            (MATRIX, "id: rollback-rehearsed", "id: rollback-tried"),
            (MATRIX, "from_level: HIGH", "from_level: CRITICAL"),
        ],
        [
            "requirement rollback-rehearsed removed: loosened",
            "requirement rollback-tried added from CRITICAL on: tightened",
        ],
    ),
    (
        "an item asked later",
        [("checklists", "from_level: HIGH", "from_level: CRITICAL")],
        ["checklist item backup-verified removed from HIGH: loosened"],
    ),
    (
        "an item asked earlier",
        [("checklists", "from_level: HIGH", "from_level: LOW")],
        ["checklist item backup-verified now also asked at LOW, MEDIUM: tightened"],
    ),
    ("an item gone", [("checklists", BACKUP, "")], ["checklist item backup-verified removed: loosened"]),
    (
        "an item more",
        [("checklists", BACKUP, BACKUP + SECOND_ITEM)],
        ["checklist item second added from HIGH on: tightened"],
    ),
    (
        "an item in another list",
        [("checklists", BACKUP, ""), ("checklists", LAST_ITEM, LAST_ITEM + BACKUP)],
        ["checklist item backup-verified moved to the items of checklist review: changed"],
    ),
    (
        "an item in another list, asked later",
        [
            ("checklists", BACKUP, ""),
            ("checklists", LAST_ITEM, LAST_ITEM + BACKUP.replace("from_level: HIGH", "from_level: CRITICAL")),
        ],
        [
            "checklist item backup-verified removed from HIGH: loosened",
            "checklist item backup-verified moved to the items of checklist review: changed",
        ],
    ),
    (
        "CI checks what a person checked",
        [
            (
                "checklists",
                "HIGH\n        checked_by: person",
                "HIGH\n        checked_by: ci\n        check: policy-valid",
            )
        ],
        [
            "checklist item backup-verified: checked by is now ci (was person): tightened",
            "checklist item backup-verified: check is now policy-valid (was nothing): tightened",
        ],
    ),
    (
        "an item in other words",
        [("checklists", "Restore it elsewhere.", "Restore it."), ("checklists", "It may fail.", "It may.")],
        ["checklist item tried-locally: why: reworded", "checklist item backup-verified: how: reworded"],
    ),
    (
        "another command",
        [("checklists", "migrate dev", "migrate reset")],
        [
            (
                "checklist item tried-locally: command 1: run is now npx prisma migrate reset "
                "(was npx prisma migrate dev): changed"
            ),
        ],
    ),
    # operations
    (
        "an operation lower",
        [("operations", "level: HIGH\n    safer", "level: MEDIUM\n    safer")],
        ["operation column.rename: level is now MEDIUM (was HIGH): loosened"],
    ),
    (
        "an operation higher",
        [("operations", "level: LOW", "level: CRITICAL")],
        ["operation column.add.optional: level is now CRITICAL (was LOW): tightened"],
    ),
    (
        "a condition that lowered the level, gone",
        [("operations", EMPTY, "")],
        ["operation table.drop: level where 'empty' is now CRITICAL (was HIGH): tightened"],
    ),
    (
        "a condition that raises the level",
        [("operations", "    safer:", EMPTY.replace("HIGH", "CRITICAL") + "    safer:")],
        ["operation column.rename: level where 'empty' is now CRITICAL (was HIGH): tightened"],
    ),
    (
        "a condition that changes nothing",
        [("operations", "    safer:", EMPTY + "    safer:")],
        ["operation column.rename: level where 'empty' is now HIGH (was HIGH): changed"],
    ),
    (
        "the level under a condition",
        [("operations", "empty\n        level: HIGH", "empty\n        level: LOW")],
        ["operation table.drop: level where 'empty' is now LOW (was HIGH): loosened"],
    ),
    (
        "the words of a condition",
        [("operations", "the table is empty", "no row is there")],
        ["operation table.drop: what 'empty' means: reworded"],
    ),
    (
        "an operation with another id",
        [
            ("operations", "id: column.rename", "id: column.renamed"),
            (MATRIX, "[column.rename]", "[column.renamed]"),
        ],
        [
            "level HIGH: example 'Renaming a column': column.rename removed from operations: changed",
            "level HIGH: example 'Renaming a column': column.renamed added to operations: changed",
            "operation column.rename renamed to column.renamed: changed",
        ],
    ),
    (
        "a dialect less",
        [("operations", "[sqlite, postgresql, mysql]", "[sqlite, postgresql]")],
        ["operation table.drop: mysql removed from dialects: changed"],
    ),
    (
        "dialects in another order",
        [("operations", "[sqlite, postgresql, mysql]", "[mysql, postgresql, sqlite]")],
        ["operation table.drop: order of dialects changed: changed"],
    ),
    (
        "a dialect twice",
        [("operations", "[sqlite, postgresql, mysql]", "[sqlite, postgresql, mysql, sqlite]")],
        ["operation table.drop: repeats in dialects changed: changed"],
    ),
    # runbooks and guide
    (
        "another command in a step",
        [("runbooks", "systemctl stop app", "systemctl stop web")],
        [
            (
                "runbook restore: step 'freeze': command 1: run is now systemctl stop web "
                "(was systemctl stop app): changed"
            ),
        ],
    ),
    (
        "an output that is expected",
        [("runbooks", STEP, STEP + "            expect: stopped\n")],
        ["runbook restore: step 'freeze': command 1: expect is now stopped (was nothing): changed"],
    ),
    (
        "a command before another",
        [("runbooks", STEP, "          - run: date\n" + STEP)],
        ["runbook restore: step 'freeze': command 2 added: changed"],
    ),
    (
        "what to do otherwise",
        [("runbooks", "Call the technical lead.", "Call them.")],
        ["runbook restore: step 'freeze': if not: reworded"],
    ),
    (
        "a step with another id",
        [("runbooks", "id: freeze", "id: stop")],
        ["runbook restore: step 'freeze' renamed to stop: changed"],
    ),
    ("a step gone", [("runbooks", COPY, "")], ["runbook restore: step 'copy' removed: changed"]),
    (
        "steps in another order",
        [("runbooks", FREEZE + COPY, COPY + FREEZE)],
        ["runbook restore: order of steps changed: changed"],
    ),
    (
        "one may no longer act",
        [("runbooks", "roles: [data-engineer, tech-lead]", "roles: [tech-lead]")],
        ["runbook restore: data-engineer removed from roles: changed"],
    ),
    (
        "time box and loss",
        [
            ("runbooks", "time_box_minutes: 30", "time_box_minutes: 60"),
            ("runbooks", "data_loss: possible", "data_loss: none"),
        ],
        [
            "runbook restore: time box minutes is now 60 (was 30): changed",
            "runbook restore: data loss is now none (was possible): changed",
        ],
    ),
    (
        "a signal in other words",
        [("runbooks", "Rows are gone.", "Rows are lost.")],
        ["runbook restore: when: reworded"],
    ),
    (
        "a signal more",
        [("runbooks", "      - Rows are gone.\n", "      - Rows are gone.\n      - Or wrong.\n")],
        ["runbook restore: when has 2 entries (was 1): changed"],
    ),
    (
        "a message",
        [("runbooks", "We restore the database.\n          Next news at <TIME>.", "We restore it.")],
        [
            (
                "runbook restore: message 'first': text is now We restore it. "
                "(was We restore the database. Next news at <TIME>.): changed"
            ),
        ],
    ),
    (
        "minutes of the quick start",
        [("guide", "minutes: 5\n", "minutes: 9\n"), ("guide", "Write the script", "Write it")],
        [
            "guide: quick start: minutes is now 9 (was 5): changed",
            "guide: quick start: step 'write': title: reworded",
        ],
    ),
    (
        "SQL of one engine",
        [("patterns", "ADD COLUMN note TEXT;", "ADD COLUMN note VARCHAR;")],
        [
            (
                "pattern add-required-column: step 'Add it as optional': sql 'sqlite': run is now "
                "ALTER TABLE t ADD COLUMN note VARCHAR; (was ALTER TABLE t ADD COLUMN note TEXT;): changed"
            ),
        ],
    ),
    (
        "a long command",
        [
            (
                "patterns",
                "ADD COLUMN note TEXT;",
                "ADD COLUMN note TEXT CHECK (note <> '' AND note <> 'none');",
            )
        ],
        [
            (
                "pattern add-required-column: step 'Add it as optional': sql 'sqlite': run is now "
                "ALTER TABLE t ADD COLUMN note TEXT CHECK (note <> '' AND ... "
                "(was ALTER TABLE t ADD COLUMN note TEXT;): changed"
            ),
        ],
    ),
    # waivers and controls
    (
        "a waiver longer",
        [("waivers", "2027-01-31", "2028-01-31")],
        ["waiver 'column.rename on notes.body': expires is now 2028-01-31 (was 2027-01-31): loosened"],
    ),
    (
        "a waiver more, above the other",
        [("waivers", "waivers:\n", "waivers:\n" + SECOND_WAIVER)],
        ["waiver 'column.rename on notes.title' added: loosened"],
    ),
    (
        "a waiver less",
        [("waivers", "waivers:\n" + WAIVER, "waivers: []\n")],
        ["waiver 'column.rename on notes.body' removed: tightened"],
    ),
    (
        "a waiver of another owner",
        [("waivers", "owner: ada", "owner: grace")],
        ["waiver 'column.rename on notes.body': owner is now grace (was ada): changed"],
    ),
    (
        "a control bites in one place less",
        [("controls", "      - by: person\n        item: level-right\n", "")],
        ["control second-pair-of-eyes: enforced by 'person' removed: loosened"],
    ),
    (
        "a control without its check",
        [("controls", "        check: code-owners\n", "")],
        [
            (
                "control second-pair-of-eyes: enforced by 'github': "
                "check is now nothing (was code-owners): loosened"
            ),
        ],
    ),
    # roles, team, database
    (
        "only people may approve",
        [("roles", "human: false", "human: true")],
        ["role tech-lead: human is now true (was false): tightened"],
    ),
    (
        "another person",
        [("roles", "login: joan", "login: eve")],
        [
            "role data-engineer: member 'eve' added: loosened",
            "role data-engineer: member 'joan' removed: tightened",
        ],
    ),
    (
        "a role in another place",
        [("roles", "team: acme/data-engineers", "team: acme/dba")],
        ["role data-engineer: github team is now acme/dba (was acme/data-engineers): changed"],
    ),
    (
        "a window on other days",
        [("team", "[Tuesday, Thursday]", "[Tuesday]"), ("team", "from_time: 09:00", "from_time: 08:00")],
        [
            "window weekly: Thursday removed from days: changed",
            "window weekly: from time is now 08:00 (was 09:00): changed",
        ],
    ),
    (
        "facts in one line are no wording",
        [
            ("team", "Platform team", "Data team"),
            ("team", "default_branch: main", "default_branch: trunk"),
            ("team", '"#database"', '"#db"'),
            ("team", "Europe/Berlin", "Europe/Paris"),
            ("database", '"3.45"', '"3.46"'),
            ("metrics", "target: none", "target: two"),
            ("pull-request", '"risk: low"', '"low"'),
        ],
        [
            "team: name is now Data team (was Platform team): changed",
            "team: repository: default branch is now trunk (was main): changed",
            "channel database: where is now #db (was #database): changed",
            "window weekly: time zone is now Europe/Paris (was Europe/Berlin): changed",
            "database: database 'sqlite': version is now 3.46 (was 3.45): changed",
            "pull-request: label 'risk: low' removed: changed",
            "pull-request: label 'low' added: changed",
            "metric M1: target is now two (was none): changed",
        ],
    ),
    (
        "backups",
        [
            ("database", "every_hours: 24", "every_hours: 12"),
            ("database", "kept_days: 30", "kept_days: 7"),
            ("database", "rpo_minutes: 60", "rpo_minutes: 90"),
            ("database", "rto_minutes: 30", "rto_minutes: 20"),
            ("database", "Two places.", "Three places."),
        ],
        [
            "database: backup: kept days is now 7 (was 30): loosened",
            "database: backup: rpo minutes is now 90 (was 60): loosened",
            "database: backup: every hours is now 12 (was 24): tightened",
            "database: backup: rto minutes is now 20 (was 30): tightened",
            "database: backup: where: reworded",
        ],
    ),
    # pull request, naming, the rest
    (
        "a question asked later",
        [("pull-request", "from_level: MEDIUM", "from_level: CRITICAL")],
        ["field rollback removed from MEDIUM, HIGH: loosened"],
    ),
    (
        "a question of another kind",
        [("pull-request", "kind: text", "kind: level")],
        ["field rollback: kind is now level (was text): changed"],
    ),
    (
        "an answer more",
        [("pull-request", "or more\n", "or more\n        - id: maybe\n          text: Maybe\n")],
        ["field has-migration: option 'maybe' added: changed"],
    ),
    (
        "a checklist less in the template",
        [("pull-request", "[author, review]", "[review]")],
        ["pull-request: author removed from checklists: loosened"],
    ),
    (
        "the pattern of names",
        [("naming", "{14}", "{12}")],
        ["naming: pattern is now [0-9]{12}_[a-z0-9_]+ (was [0-9]{14}_[a-z0-9_]+): changed"],
    ),
    (
        "a decision is open again",
        [("decisions", "status: answered", "status: open")],
        ["question Q1.1: status is now open (was answered): changed"],
    ),
    (
        "effort",
        [("rollout", "high: 5", "high: 8")],
        ["phase P1: hours: high is now 8 (was 5): changed"],
    ),
    (
        "effort no longer told",
        [("rollout", "    hours: {low: 3, high: 5}\n", "")],
        ["phase P1: hours is now nothing (was low 3, high 5): changed"],
    ),
    (
        "tasks of the same words",
        [("rollout", "      - text: Copy the policy\n", "      - text: Copy the policy\n" * 4)],
        [
            "phase P1: task 'Copy the policy (2)' added: changed",
            "phase P1: task 'Copy the policy (3)' added: changed",
            "phase P1: task 'Copy the policy (4)' added: changed",
        ],
    ),
    (
        "long words",
        [("rollout", "text: Copy the policy", f"text: {'x' * 60}\n      - text: {'y' * 61}")],
        [
            "phase P1: task 'Copy the policy' removed: changed",
            f"phase P1: task '{'x' * 60}' added: changed",
            f"phase P1: task '{'y' * 57}...' added: changed",
        ],
    ),
    (
        "the agent may do less",
        [("agent", "  - Approve a pull request.\n", "  - Approve.\n  - Merge.\n")],
        ["agent: may not has 2 entries (was 1): tightened"],
    ),
    (
        "a red flag less",
        [
            (
                "agent",
                "  - id: drop-without-backup",
                "  - id: second\n    text: T\n    because: B\n  - id: drop-without-backup",
            )
        ],
        ["red flag second added: tightened"],
    ),
    (
        "a document less",
        [("artefacts", "skip: []", "skip: [coverage]")],
        ["artefacts: coverage added to skip: changed"],
    ),
    (
        "loosened comes first, then what tightened",
        [
            ("operations", "level: LOW", "level: HIGH"),
            (MATRIX, "It may fail.", "It fails."),
            ("runbooks", "time_box_minutes: 30", "time_box_minutes: 10"),
            ("waivers", "2027-01-31", "2027-02-01"),
        ],
        [
            "waiver 'column.rename on notes.body': expires is now 2027-02-01 (was 2027-01-31): loosened",
            "operation column.add.optional: level is now HIGH (was LOW): tightened",
            "runbook restore: time box minutes is now 10 (was 30): changed",
            "level MEDIUM: meaning: reworded",
        ],
    ),
]
NAMES = [row[0] for row in TABLE]
OLD = minimal_policy()


def policy_of(files: Mapping[str, bytes]) -> Policy:
    policy = load(files).policy
    assert policy is not None, load(files).findings
    return policy


@cache
def changed(*edits: Edit) -> Policy:
    files = minimal_policies()
    for stem, old, new in edits:
        files = edited(files, f"policies/{stem}.yaml", old, new)
    return policy_of(files)


def sentences(old: Policy, new: Policy) -> list[str]:
    return [f"{change.text}: {change.direction}" for change in diff_policies(old, new)]


@pytest.mark.parametrize(("edits", "said"), [row[1:] for row in TABLE], ids=NAMES)
def test_what_is_said(edits: list[Edit], said: list[str]) -> None:
    assert sentences(OLD, changed(*edits)) == said


MIRRORED = {"tightened": "loosened", "loosened": "tightened", "changed": "changed", "reworded": "reworded"}


@pytest.mark.parametrize(("edits", "said"), [row[1:] for row in TABLE], ids=NAMES)
def test_the_way_back_goes_in_the_other_direction(edits: list[Edit], said: list[str]) -> None:
    old, new = OLD, changed(*edits)
    there = Counter(change.direction for change in diff_policies(old, new))
    back = Counter(MIRRORED[change.direction] for change in diff_policies(new, old))
    assert there == back
    assert sum(there.values()) == len(said)


def test_a_version_is_equal_to_itself() -> None:
    assert sentences(OLD, minimal_policy()) == []


# --- not a text diff ----------------------------------------------------------------------------


def test_the_same_in_other_yaml_is_no_change() -> None:
    """Flow style, JSON quotes, another order of keys, comments, blank lines."""
    data = minimal_data()
    assert sentences(OLD, policy_of(dump_policies(data))) == []
    turned = {stem: dict(reversed(value.items())) for stem, value in data.items()}
    assert sentences(OLD, policy_of(dump_policies(turned))) == []
    noisy = {p: b"# note\n\n" + raw.replace(b"\n", b" # why\n\n", 1) for p, raw in minimal_policies().items()}
    assert sentences(OLD, policy_of(noisy)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Take the higher level,\n  see [[role:data-engineer]].",
        ">-\n  Take the higher level,\n  see [[role:data-engineer]].",
    ],
)
def test_a_text_in_other_lines_is_no_change(text: str) -> None:
    edits = [(MATRIX, "Take the higher level, see [[role:data-engineer]].", text)]
    assert sentences(OLD, changed(*edits)) == []


SPLIT = ["checklists", "operations", "runbooks", "glossary", "gaps", "controls"]


@pytest.mark.parametrize("stem", SPLIT)
def test_a_file_in_parts_is_no_change(stem: str) -> None:
    data = minimal_data()
    ((name, entries),) = [(k, v) for k, v in data[stem].items() if k != "dangers"]
    files = dump_policies({each: value for each, value in data.items() if each != stem})
    for number, entry in enumerate(entries):
        part = {**{key: [] for key in data[stem] if key != "dangers"}, name: [entry]}
        if number == 0 and "dangers" in data[stem]:
            part["dangers"] = data[stem]["dangers"]
        (text,) = dump_policies({stem: part}).values()
        files[f"policies/{stem}/{number}.yaml"] = text
    assert sentences(OLD, policy_of(files)) == []


# --- levels that come and go --------------------------------------------------------------------


def with_levels(*names: str, item: str, requirement: str = "LOW") -> Policy:
    """Return a policy whose matrix has these levels, and whose second item is asked from one of them."""
    data = minimal_data()
    levels = {level["id"]: level for level in data[MATRIX]["levels"]}
    data[MATRIX]["levels"] = [levels.get(name) or {**levels["HIGH"], "id": name} for name in names]
    data["checklists"]["checklists"][0]["items"][1]["from_level"] = item
    for each in data[MATRIX]["requirements"]:
        each["from_level"] = requirement
    loaded = load_policy(dump_policies(data), {})
    assert loaded.policy is not None
    return loaded.policy


FOUR = ("LOW", "MEDIUM", "HIGH", "CRITICAL")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            with_levels(*FOUR, item="MEDIUM"),
            with_levels("LOW", "HIGH", "CRITICAL", item="HIGH"),
            [
                "level MEDIUM removed: loosened",
                "checklist item backup-verified removed from MEDIUM: loosened",
            ],
        ),
        (
            with_levels("LOW", "HIGH", "CRITICAL", item="HIGH"),
            with_levels(*FOUR, item="MEDIUM"),
            [
                "level MEDIUM added: tightened",
                "checklist item backup-verified now also asked at MEDIUM: tightened",
            ],
        ),
        (
            with_levels(*FOUR, item="LOW"),
            with_levels("MEDIUM", "HIGH", item="MEDIUM", requirement="MEDIUM"),
            [
                "level LOW removed: loosened",
                "level CRITICAL removed: loosened",
                "requirement script-read removed from LOW: loosened",
                "requirement rollback-rehearsed removed from LOW: loosened",
                "checklist item backup-verified removed from LOW: loosened",
            ],
        ),
        (
            with_levels(*FOUR, item="HIGH"),
            with_levels("LOW", "MEDIUM", "SEVERE", "HIGH", "CRITICAL", item="SEVERE"),
            [
                "level SEVERE added: tightened",
                "checklist item backup-verified now also asked at SEVERE: tightened",
            ],
        ),
        (
            with_levels(*FOUR, item="HIGH"),
            with_levels("LOW", "HIGH", "MEDIUM", "CRITICAL", item="MEDIUM"),
            [
                "checklist item backup-verified removed from HIGH: loosened",
                "risk-matrix: order of levels changed: changed",
            ],
        ),
    ],
    ids=["level gone", "level new", "lowest and highest gone", "level between", "order of levels"],
)
def test_levels_that_come_and_go(old: Policy, new: Policy, said: list[str]) -> None:
    assert sentences(old, new) == said


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "place"),
    [
        ([approvals("- role: tech-lead", "  count: 2", "- role: data-engineer")], (MATRIX, 37, 5)),
        ([("checklists", "from_level: HIGH", "from_level: LOW")], ("checklists", 15, 9)),
        ([("checklists", BACKUP, "")], ("checklists", 2, 5)),
        (
            [(MATRIX, REHEARSED, REHEARSED + SECOND_REQUIREMENT)],
            (MATRIX, 62, 5),
        ),
        ([("runbooks", "systemctl stop app", "x")], ("runbooks", 17, 13)),
        ([("database", "every_hours: 24", "every_hours: 1")], ("database", 14, 3)),
        ([("operations", "    safer:", EMPTY + "    safer:")], ("operations", 20, 9)),
    ],
)
def test_a_change_points_into_the_new_version(edits: list[Edit], place: tuple[str, int, int]) -> None:
    (change,) = diff_policies(OLD, changed(*edits))
    assert change.location == Location(f"policies/{place[0]}.yaml", *place[1:])


def altered(value: Any) -> Any:
    """Return something else of the same kind."""
    if isinstance(value, tuple):
        return value[:-1] if value else ("home",)
    if isinstance(value, Node):
        name = next(name for name in forms_of(type(value)) if isinstance(getattr(value, name), str))
        return replace(value, **{name: "other"})
    return f"{value} more"


@pytest.mark.parametrize("stem", FILES)
def test_every_file_is_compared(stem: str) -> None:
    old = OLD
    root = getattr(old, stem.replace("-", "_"))
    first = "skip" if stem == "artefacts" else next(iter(forms_of(type(root))))
    new = replace(old, **{stem.replace("-", "_"): replace(root, **{first: altered(getattr(root, first))})})
    assert diff_policies(old, new)
