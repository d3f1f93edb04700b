"""The public histories that are measured, and where their migrations are. None of their files is here."""

import fnmatch
import os
import re
from collections.abc import Callable
from typing import NamedTuple


class History(NamedTuple):
    """One history: a folder of a repository, its engine, and which files make a migration.

    ``*.DIALECT.up.sql`` takes the files of that dialect, and those that name none where it has no own.
    """

    project: str
    folder: str
    engine: str
    files: str


class Migration(NamedTuple):
    """One migration: path below the project's folder, and the SQL that goes up."""

    path: str
    text: str


HISTORIES = (
    History("kevdog114+pantry", "api/prisma/migrations", "sqlite", "*/migration.sql"),
    History("coolify", "apps/api/prisma/migrations", "sqlite", "*/migration.sql"),
    History("grocy+grocy", "migrations", "sqlite", "*.sql"),
    History("authelia+authelia", "internal/storage/migrations/sqlite", "sqlite", "*.up.sql"),
    History("authelia+authelia", "internal/storage/migrations/postgres", "postgresql", "*.up.sql"),
    History("lukevella+rallly", "packages/database/prisma/migrations", "postgresql", "*/migration.sql"),
    History("documenso+documenso", "packages/prisma/migrations", "postgresql", "*/migration.sql"),
    History("LemmyNet+lemmy", "migrations", "postgresql", "*/up.sql"),
    History("stonith404+pingvin-share", "backend/prisma/migrations", "sqlite", "*/migration.sql"),
    History(
        "teableio+teable", "packages/db-main-prisma/prisma/sqlite/migrations", "sqlite", "*/migration.sql"
    ),
    History(
        "teableio+teable",
        "packages/db-main-prisma/prisma/postgres/migrations",
        "postgresql",
        "*/migration.sql",
    ),
    History("karakeep-app+karakeep", "packages/db/drizzle", "sqlite", "*.sql"),
    History("homarr-labs+homarr", "packages/db/migrations/sqlite", "sqlite", "*.sql"),
    History("homarr-labs+homarr", "packages/db/migrations/postgresql", "postgresql", "*.sql"),
    History("stashapp+stash", "pkg/sqlite/migrations", "sqlite", "*.up.sql"),
    History("gotson+komga", "komga/src/flyway/resources/db/migration/sqlite", "sqlite", "V*.sql"),
    History("harness+gitness", "app/store/database/migrate/sqlite", "sqlite", "*.up.sql"),
    History("harness+gitness", "app/store/database/migrate/postgres", "postgresql", "*.up.sql"),
    History("dani-garcia+vaultwarden", "migrations/sqlite", "sqlite", "*/up.sql"),
    History("dani-garcia+vaultwarden", "migrations/postgresql", "postgresql", "*/up.sql"),
    History("atuinsh+atuin", "crates/atuin-client/migrations", "sqlite", "*.sql"),
    History("atuinsh+atuin", "crates/atuin-server-sqlite/migrations", "sqlite", "*.sql"),
    History("atuinsh+atuin", "crates/atuin-server-postgres/migrations", "postgresql", "*.sql"),
    History(
        "conductor-oss+conductor",
        "sqlite-persistence/src/main/resources/db/migration_sqlite",
        "sqlite",
        "V*.sql",
    ),
    History(
        "conductor-oss+conductor",
        "postgres-persistence/src/main/resources/db/migration_postgres",
        "postgresql",
        "V*.sql",
    ),
    History("openfga+openfga", "assets/migrations/postgres", "postgresql", "*.sql"),
    History("AppFlowy-IO+AppFlowy-Cloud", "migrations", "postgresql", "*.sql"),
    History(
        "baptisteArno+typebot.io", "packages/prisma/postgresql/migrations", "postgresql", "*/migration.sql"
    ),
    History(
        "civitai+civitai", "packages/civitai-db-schema/prisma/migrations", "postgresql", "*/migration.sql"
    ),
    History("elie222+inbox-zero", "apps/web/prisma/migrations", "postgresql", "*/migration.sql"),
    History("ente-io+ente", "server/migrations", "postgresql", "*.up.sql"),
    History("formbricks+formbricks", "packages/database/migration", "postgresql", "*/migration.sql"),
    History("getfider+fider", "migrations", "postgresql", "*.sql"),
    History("ghostfolio+ghostfolio", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("hatchet-dev+hatchet", "cmd/hatchet-migrate/migrate/migrations", "postgresql", "*.sql"),
    History(
        "hoppscotch+hoppscotch",
        "packages/hoppscotch-backend/prisma/migrations",
        "postgresql",
        "*/migration.sql",
    ),
    History("langfuse+langfuse", "packages/shared/prisma/migrations", "postgresql", "*/migration.sql"),
    History("mfts+papermark", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("rust-lang+crates.io", "migrations", "postgresql", "*/up.sql"),
    History(
        "triggerdotdev+trigger.dev",
        "internal-packages/database/prisma/migrations",
        "postgresql",
        "*/migration.sql",
    ),
    History("umami-software+umami", "prisma/migrations", "postgresql", "*/migration.sql"),
    # From here on: histories that nobody had looked at when they were measured first.
    History("cmintey+wishlist", "prisma/migrations", "sqlite", "*/migration.sql"),
    History("HemmeligOrg+Hemmelig.app", "prisma/migrations", "sqlite", "*/migration.sql"),
    History("openstatusHQ+openstatus", "packages/db/drizzle", "sqlite", "*.sql"),
    History("Plume-org+Plume", "migrations/sqlite", "sqlite", "*/up.sql"),
    History("nymtech+nym", "nym-api/migrations", "sqlite", "*.sql"),
    History("nymtech+nym", "common/gateway-storage/migrations", "sqlite", "*.sql"),
    History("nymtech+nym", "common/credential-storage/migrations", "sqlite", "*.sql"),
    History(
        "matrix-org+matrix-rust-sdk", "crates/matrix-sdk-sqlite/migrations/crypto_store", "sqlite", "*.sql"
    ),
    History(
        "matrix-org+matrix-rust-sdk", "crates/matrix-sdk-sqlite/migrations/state_store", "sqlite", "*.sql"
    ),
    History(
        "matrix-org+matrix-rust-sdk",
        "crates/matrix-sdk-sqlite/migrations/event_cache_store",
        "sqlite",
        "*.sql",
    ),
    History("pocket-id+pocket-id", "backend/resources/migrations/sqlite", "sqlite", "*.up.sql"),
    History("sebadob+rauthy", "migrations/hiqlite", "sqlite", "*.sql"),
    History("cashubtc+cdk", "crates/cdk-sql-common/src/mint/migrations/sqlite", "sqlite", "*.sql"),
    History("cashubtc+cdk", "crates/cdk-sql-common/src/wallet/migrations/sqlite", "sqlite", "*.sql"),
    History("go-shiori+shiori", "internal/database/migrations/sqlite", "sqlite", "*.up.sql"),
    History("lennart-k+rustical", "crates/store_sqlite/migrations", "sqlite", "*.sql"),
    History("SmilyOrg+photofield", "db/migrations", "sqlite", "*.up.sql"),
    History("lightninglabs+taproot-assets", "tapdb/sqlc/migrations", "sqlite", "*.up.sql"),
    History("lightningnetwork+lnd", "sqldb/sqlc/migrations", "sqlite", "*.up.sql"),
    History("linkwarden+linkwarden", "packages/prisma/migrations", "postgresql", "*/migration.sql"),
    History("blinkospace+blinko", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("boxyhq+saas-starter-kit", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("trycompai+comp", "packages/db/prisma/migrations", "postgresql", "*/migration.sql"),
    History("diced+zipline", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("spliit-app+spliit", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("Peppermint-Lab+peppermint", "apps/api/src/prisma/migrations", "postgresql", "*/migration.sql"),
    History("sinamics+ztnet", "prisma/migrations", "postgresql", "*/migration.sql"),
    History("toeverything+AFFiNE", "packages/backend/server/migrations", "postgresql", "*/migration.sql"),
    History("Dokploy+dokploy", "apps/dokploy/drizzle", "postgresql", "*.sql"),
    History("kanbn+kan", "packages/db/migrations", "postgresql", "*.sql"),
    History("dittofeed+dittofeed", "packages/backend-lib/drizzle", "postgresql", "*.sql"),
    History("Plume-org+Plume", "migrations/postgres", "postgresql", "*/up.sql"),
    History(
        "quickwit-oss+quickwit", "quickwit/quickwit-metastore/migrations/postgresql", "postgresql", "*.up.sql"
    ),
    History("concourse+concourse", "atc/db/migration/migrations", "postgresql", "*.up.sql"),
    History("rust-lang+docs.rs", "crates/lib/docs_rs_database/migrations", "postgresql", "*.up.sql"),
    History("svix+svix-webhooks", "server/svix-server/migrations", "postgresql", "*.up.sql"),
    History(
        "element-hq+matrix-authentication-service", "crates/storage-pg/migrations", "postgresql", "*.sql"
    ),
    History("openmeterio+openmeter", "tools/migrate/migrations", "postgresql", "*.up.sql"),
    History("MarquezProject+marquez", "api/src/main/resources/marquez/db/migration", "postgresql", "V*.sql"),
    History("pocket-id+pocket-id", "backend/resources/migrations/postgres", "postgresql", "*.up.sql"),
    History("sebadob+rauthy", "migrations/postgres", "postgresql", "*.sql"),
    History("cashubtc+cdk", "crates/cdk-sql-common/src/mint/migrations/postgres", "postgresql", "*.sql"),
    History("cashubtc+cdk", "crates/cdk-sql-common/src/wallet/migrations/postgres", "postgresql", "*.sql"),
    History("omnivore-app+omnivore", "packages/db/migrations", "postgresql", "*.do.*.sql"),
    History("nymtech+nym", "nym-node-status-api/nym-node-status-api/migrations_pg", "postgresql", "*.sql"),
    History("authelia+authelia", "internal/storage/migrations/mysql", "mysql", "*.up.sql"),
    History("homarr-labs+homarr", "packages/db/migrations/mysql", "mysql", "*.sql"),
    History("dani-garcia+vaultwarden", "migrations/mysql", "mysql", "*/up.sql"),
    History(
        "conductor-oss+conductor", "mysql-persistence/src/main/resources/db/migration", "mysql", "V*.sql"
    ),
    History("openfga+openfga", "assets/migrations/mysql", "mysql", "*.sql"),
    History(
        "eclipse+hawkbit",
        "hawkbit-repository/hawkbit-repository-jpa/src/main/resources/db/migration/MYSQL",
        "mysql",
        "V*.sql",
    ),
    History("kestra-io+kestra", "jdbc-mysql/src/main/resources/migrations/mysql", "mysql", "V*.sql"),
    History("kubeflow+model-registry", "internal/platform/db/mysql/migrations", "mysql", "*.up.sql"),
    History("documize+community", "core/database/scripts/mysql", "mysql", "*.sql"),
    History("EvolutionAPI+evolution-api", "prisma/mysql-migrations", "mysql", "*/migration.sql"),
    History("apache+hertzbeat", "hertzbeat-startup/src/main/resources/db/migration/mysql", "mysql", "V*.sql"),
    History("dataease+dataease", "core/core-backend/src/main/resources/db/migration", "mysql", "V*.sql"),
    History("umami-software+umami", "db/mysql/migrations", "mysql", "*/migration.sql"),
    History("ory+kratos", "persistence/sql/migrations/sql", "mysql", "*.mysql.up.sql"),
    History("ory+hydra", "persistence/sql/migrations", "mysql", "*.mysql.up.sql"),
    History("ory+keto", "internal/persistence/sql/migrations/sql", "mysql", "*.mysql.up.sql"),
    # From here on: MySQL histories that nobody had looked at when they were measured first.
    History("flipt-io+flipt", "config/migrations/mysql", "mysql", "*.up.sql"),
    History(
        "cloudfoundry+uaa",
        "server/src/main/resources/org/cloudfoundry/identity/uaa/db/mysql",
        "mysql",
        "V*.sql",
    ),
    History(
        "cloudfoundry+credhub",
        "applications/credhub-api/src/main/resources/db/migration/mysql",
        "mysql",
        "V*.sql",
    ),
    History("mozilla-services+syncstorage-rs", "syncstorage-mysql/migrations", "mysql", "*/up.sql"),
    History("mozilla-services+syncstorage-rs", "tokenserver-mysql/migrations", "mysql", "*/up.sql"),
    History("Netflix+genie", "genie-web/src/main/resources/db/migration/mysql", "mysql", "V*.sql"),
    # From here on: the second lot on SQLite and PostgreSQL that nobody had looked at when it was measured first.
    History("chirpstack+chirpstack", "chirpstack/migrations_sqlite", "sqlite", "*/up.sql"),
    History("getarcaneapp+arcane", "backend/resources/migrations/sqlite", "sqlite", "*.sql"),
    History("riverqueue+river", "riverdriver/riversqlite/migration/main", "sqlite", "*.up.sql"),
    History("nicotsx+zerobyte", "app/drizzle", "sqlite", "*/migration.sql"),
    History("mediar-ai+screenpipe", "crates/screenpipe-db/src/migrations", "sqlite", "*.sql"),
    History("chirpstack+chirpstack", "chirpstack/migrations_postgres", "postgresql", "*/up.sql"),
    History("getarcaneapp+arcane", "backend/resources/migrations/postgres", "postgresql", "*.sql"),
    History("riverqueue+river", "riverdriver/riverpgxv5/migration/main", "postgresql", "*.up.sql"),
    History("frain-dev+convoy", "sql", "postgresql", "*.sql"),
    History("bitmagnet-io+bitmagnet", "migrations", "postgresql", "*.sql"),
    History("raystack+frontier", "internal/store/postgres/migrations", "postgresql", "*.up.sql"),
    History("sourcebot-dev+sourcebot", "packages/db/prisma/migrations", "postgresql", "*/migration.sql"),
    History("supabase+storage", "migrations/tenant", "postgresql", "*.sql"),
    # From here on: the third lot.
    History("inngest+inngest", "pkg/db/sqlite/migrations", "sqlite", "*.sql"),
    History("BloopAI+vibe-kanban", "crates/db/migrations", "sqlite", "*.sql"),
    History("Mintplex-Labs+anything-llm", "server/prisma/migrations", "sqlite", "*/migration.sql"),
    History("dyad-sh+dyad", "drizzle", "sqlite", "*.sql"),
    History("wg-easy+wg-easy", "src/server/database/migrations", "sqlite", "*.sql"),
    History("goharbor+harbor", "make/migrations/postgresql", "postgresql", "*.up.sql"),
    History("penpot+penpot", "backend/src/app/migrations/sql", "postgresql", "*.sql"),
    History("determined-ai+determined", "master/static/migrations", "postgresql", "*.up.sql"),
    History("graphprotocol+graph-node", "store/postgres/migrations", "postgresql", "*/up.sql"),
    History("mindersec+minder", "database/migrations", "postgresql", "*.up.sql"),
    History("inngest+inngest", "pkg/db/postgres/migrations", "postgresql", "*.sql"),
    History("simstudioai+sim", "packages/db/migrations", "postgresql", "*.sql"),
    History("cowprotocol+services", "database/sql", "postgresql", "V*.sql"),
    History("BloopAI+vibe-kanban", "crates/remote/migrations", "postgresql", "*.sql"),
    History("matter-labs+zksync-era", "core/lib/dal/migrations", "postgresql", "*.up.sql"),
    History("matter-labs+zksync-era", "prover/crates/lib/prover_dal/migrations", "postgresql", "*.up.sql"),
    History("e2b-dev+infra", "packages/db/migrations", "postgresql", "*.sql"),
    History("stack-auth+stack-auth", "apps/backend/prisma/migrations", "postgresql", "*/migration.sql"),
    History("langwatch+langwatch", "platform/app/prisma/migrations", "postgresql", "*/migration.sql"),
    # From here on: the fourth lot.
    History("charmbracelet+crush", "internal/db/migrations", "sqlite", "*.sql"),
    History("steveiliop56+tinyauth", "internal/assets/migrations", "sqlite", "*.up.sql"),
    History("sysadminsmedia+homebox", "backend/internal/data/migrations/sqlite3", "sqlite", "*.sql"),
    History("lightninglabs+loop", "loopdb/sqlc/migrations", "sqlite", "*.up.sql"),
    History(
        "latitude-dev+latitude-llm", "packages/platform/db-postgres/drizzle", "postgresql", "*/migration.sql"
    ),
    History("filecoin-project+curio", "harmony/harmonydb/sql", "postgresql", "*.sql"),
    History("glasskube+distr", "internal/migrations/sql", "postgresql", "*.up.sql"),
    History("tesseral-labs+tesseral", "cmd/openauthctl/migrations", "postgresql", "*.up.sql"),
    History("kubeshop+tracetest", "server/migrations", "postgresql", "*.up.sql"),
    History("procrastinate-org+procrastinate", "procrastinate/sql/migrations", "postgresql", "*.sql"),
    History("scroll-tech+scroll", "database/migrate/migrations", "postgresql", "*.sql"),
    History(
        "scroll-tech+scroll", "bridge-history-api/internal/orm/migrate/migrations", "postgresql", "*.sql"
    ),
    History("sysadminsmedia+homebox", "backend/internal/data/migrations/postgres", "postgresql", "*.sql"),
    History("hook0+hook0", "api/migrations", "postgresql", "*.up.sql"),
    History(
        "aptos-labs+aptos-indexer-processors",
        "rust/processor/src/db/postgres/migrations",
        "postgresql",
        "*/up.sql",
    ),
    History("zoriya+Kyoo", "api/drizzle", "postgresql", "*.sql"),
    History("zoriya+Kyoo", "auth/sql/migrations", "postgresql", "*.up.sql"),
    History("zoriya+Kyoo", "transcoder/migrations", "postgresql", "*.up.sql"),
)

_DIALECT = re.compile(r"\.(mysql|postgres|sqlite3?|cockroach)\.(?:autocommit\.)?up\.sql$")
_DOWN = re.compile(
    r"^\s*--\s*(?:\+goose\s+down|migrate:down|\+migrate\s+down)\b.*", re.IGNORECASE | re.DOTALL | re.MULTILINE
)


def read_history(root: str, history: History) -> list[Migration]:
    """Return the migrations of a history in the order in which its runner applies them."""
    home = os.path.join(root, history.project)
    top = os.path.join(home, history.folder)
    if not os.path.isdir(top):
        return []
    dialect = re.fullmatch(r"\*\.(\w+)\.up\.sql", history.files)
    if history.files.startswith("*/"):
        paths = [f"{each}/{history.files[2:]}" for each in os.listdir(top)]
    elif dialect:
        paths = _of_dialect(fnmatch.filter(os.listdir(top), "*.up.sql"), dialect[1])
    else:
        paths = fnmatch.filter(os.listdir(top), history.files)
        paths = [each for each in paths if not each.endswith(".down.sql")]
    paths = [each for each in paths if os.path.isfile(os.path.join(top, each))]
    return [
        Migration(os.path.normpath(f"{history.folder}/{each}"), _up(os.path.join(top, each)))
        for each in sorted(paths, key=_order(history))
    ]


def _of_dialect(paths: list[str], dialect: str) -> list[str]:
    """Return the files of a dialect, and those of none for the steps of which it has no own."""
    named = {each: _DIALECT.search(each) for each in paths}
    own = {each for each, found in named.items() if found and found[1] == dialect}
    steps = {each.split("_")[0] for each in own}
    return [*own, *(each for each, found in named.items() if not found and each.split("_")[0] not in steps)]


def _order(history: History) -> Callable[[str], object]:
    """Return how a runner sorts: by the number in front where there is no stamp of one length, by name else."""
    if history.files == "*/up.sql":  # diesel: the version without its dashes
        return lambda path: (path.split("_")[0].replace("-", ""), path)
    if history.files.startswith("*/"):
        return lambda path: path
    return lambda path: ([int(each) for each in re.findall(r"\d+", path.split("__")[0])][:4], path)


def _up(path: str) -> str:
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        text = file.read()
    return _DOWN.sub("", text)
