"""handrail schema: the JSON Schemas of the policy files."""

import json

from handrail.commands.outcome import FINE, Outcome
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.model import FILES
from handrail.policy.schema import schema_of


def schema(stem: str) -> Outcome:
    """Return the schema of ``policies/<stem>.yaml``, or with '' the list of all."""
    if not stem:
        lines = [f"policies/{each}.yaml  policies/schemas/{each}.schema.json\n" for each in FILES]
        return Outcome(code=FINE, text="".join(lines))
    if stem not in FILES:
        hint = did_you_mean(stem, FILES) or f"Schemas: {', '.join(FILES)}."
        raise HandrailError(f"there is no policy file '{stem}'", hint)
    return Outcome(code=FINE, text=json.dumps(schema_of(stem), indent=2) + "\n")
