"""What the tests of the MySQL front end share."""

from handrail.migrations.mysql.front_end import MysqlFrontEnd
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Operation, Script, Step
from handrail.migrations.tables import Table

USERS = (
    "CREATE TABLE users (id int unsigned NOT NULL AUTO_INCREMENT, email varchar(191) NOT NULL,"
    " name varchar(80), role enum('admin','user') NOT NULL DEFAULT 'user', PRIMARY KEY (id),"
    " UNIQUE KEY email (email))"
    " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;"
)
POSTS = (
    "CREATE TABLE posts (id bigint PRIMARY KEY AUTO_INCREMENT, user_id int unsigned, title text NOT NULL,"
    " KEY by_user (user_id), FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);"
)
BEFORE = USERS + POSTS


def folded(*scripts: str) -> tuple[MysqlFrontEnd, Step]:
    """Return the front end after the scripts, and what it saw in the last one."""
    front_end, step = MysqlFrontEnd(), Step()
    for text in scripts:
        step = front_end.apply(Script("a.sql", text))
    return front_end, step


def table(name: str, *scripts: str) -> Table:
    """Return a table as it is after the scripts."""
    return folded(*scripts)[0].catalog.tables[name]


def operations(script: str, before: str = BEFORE) -> list[Operation]:
    """Return all operations of a script that runs after ``before``, by line."""
    front_end, _ = folded(before)
    old = front_end.catalog
    step = front_end.apply(Script("a.sql", script))
    effect = find_net_effect(old, front_end.catalog, step.lines, "mysql")
    return sorted((*step.operations, *effect), key=lambda each: each.line)


def kinds(script: str, before: str = BEFORE) -> list[str]:
    """Return the operations of a script as ``kind table.column``."""
    found = operations(script, before)
    return [f"{each.kind} {each.table}{'.' if each.column else ''}{each.column}".strip() for each in found]
