"""handrail schema: the JSON Schemas of the policy files, and of what Handrail prints as JSON."""

import json

from handrail.commands.outcome import FINE, Outcome
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.model import FILES
from handrail.policy.schema import schema_of
from handrail.risk.output_schema import OUTPUTS


def schema(name: str) -> Outcome:
    """Return the schema of ``policies/<name>.yaml`` or of an output, or with '' the list of all."""
    if not name:
        lines = [f"policies/{each}.yaml  policies/schemas/{each}.schema.json\n" for each in FILES]
        lines += [
            f"{value['title']}  policies/schemas/{each}.schema.json\n" for each, value in OUTPUTS.items()
        ]
        return Outcome(code=FINE, text="".join(lines))
    names = (*FILES, *OUTPUTS)
    if name not in names:
        hint = did_you_mean(name, names) or f"Schemas: {', '.join(names)}."
        raise HandrailError(f"there is no schema '{name}'", hint)
    found = OUTPUTS.get(name) or schema_of(name)
    return Outcome(code=FINE, text=json.dumps(found, indent=2) + "\n")
