"""Every operation that the classifier can find: one line a rule, grouped by what it happens to."""

from handrail.rule import Rule
from handrail.rules.columns import COLUMNS
from handrail.rules.enums import ENUMS
from handrail.rules.history import HISTORY
from handrail.rules.keys import KEYS
from handrail.rules.model import MODEL
from handrail.rules.objects import OBJECTS
from handrail.rules.rows import ROWS
from handrail.rules.security import SECURITY
from handrail.rules.statements import STATEMENTS
from handrail.rules.tables import TABLES

RULES: tuple[Rule, ...] = (
    *TABLES,
    *COLUMNS,
    *KEYS,
    *ENUMS,
    *OBJECTS,
    *SECURITY,
    *ROWS,
    *STATEMENTS,
    *HISTORY,
    *MODEL,
)
