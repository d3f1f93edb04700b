"""What a rule is: when the classifier says that a migration does something."""

from typing import NamedTuple


class Rule(NamedTuple):
    """When an operation is found.

    ``code`` is its id in ``policies/operations.yaml``, which holds all other
    words about it. ``condition`` says in one sentence when it is found, from
    the schema before and after, from the text, or from the history.
    ``proves`` are the conditions of the policy (``raised:``) that a
    classification shows itself; the others need rows, so a rehearsal.
    """

    code: str
    condition: str
    proves: tuple[str, ...] = ()
