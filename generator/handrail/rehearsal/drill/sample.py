"""The database of a small application, for a drill where there are no migrations to make one from."""

TABLES = (
    'CREATE TABLE "users" ("id" TEXT NOT NULL PRIMARY KEY, "email" TEXT NOT NULL UNIQUE, "nickname" TEXT);',
    """CREATE TABLE "recipes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "servings" INTEGER NOT NULL DEFAULT 2,
    CONSTRAINT "recipes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE
);""",
    'CREATE INDEX "recipes_userId_idx" ON "recipes" ("userId");',
)
NAMES = frozenset({"users", "recipes"})
_USERS, _EACH = 20, 5


def sample() -> tuple[str, ...]:
    """Return statements, in the words that SQLite and PostgreSQL share."""
    users = (f"('u-{one}', 'user{one}@example.test', 'name {one}')" for one in range(_USERS))
    recipes = (
        f"('r-{one}-{other}', 'u-{one}', 'Recipe {other} of {one}', {other + 1})"
        for one in range(_USERS)
        for other in range(_EACH)
    )
    return (
        *TABLES,
        f'INSERT INTO "users" ("id", "email", "nickname") VALUES {", ".join(users)};',
        f'INSERT INTO "recipes" ("id", "userId", "title", "servings") VALUES {", ".join(recipes)};',
    )
