"""handrail schema: the JSON Schemas of the policy files, and of what commands print."""

import json

from handrail.commands.outcome import FINE, Outcome
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.model import FILES
from handrail.policy.schema import schema_of
from handrail.ports import Shipped

RESULTS = (
    "backup-take",
    "backup-verify",
    "classify",
    "deploy-check",
    "drill",
    "rehearse",
    "review",
    "schema-report",
)
"""Commands whose JSON has a published schema."""

READ = {"backup": "notes beside backups", "evidence": "files of evidence"}
"""Files that are read and are no policy, and what they are called."""


def schema(shipped: Shipped, stem: str) -> Outcome:
    """Return the schema of ``policies/<stem>.yaml``, or of a command's JSON, or with '' the list of all."""
    if not stem:
        lines = [f"policies/{each}.yaml  policies/schemas/{each}.schema.json\n" for each in FILES]
        lines += [f"handrail {_spoken(each)} --format json  {_published(each)}\n" for each in RESULTS]
        lines += [f"{what}  {_published(each)}\n" for each, what in READ.items()]
        return Outcome(code=FINE, text="".join(lines))
    if stem in (*RESULTS, *READ):
        return Outcome(code=FINE, text=shipped.read(_published(stem)).decode())
    if stem not in FILES:
        known = (*FILES, *RESULTS, *READ)
        hint = did_you_mean(stem, known) or f"Schemas: {', '.join(known)}."
        raise HandrailError(f"there is no schema '{stem}'", hint)
    return Outcome(code=FINE, text=json.dumps(schema_of(stem), indent=2) + "\n")


def _published(command: str) -> str:
    return f"docs/schemas/{command}.schema.json"


def _spoken(command: str) -> str:
    return command.replace("backup-", "backup ")
