"""The client index: plain search_* tables and B-trees on identifiers.

Revision: 0002, after 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# {c} is the collation that compares byte by byte, {clustered} what keeps rows in key order
SHARED_TABLES = (
    "CREATE TABLE search_place (id INTEGER NOT NULL, street TEXT{c} NOT NULL, town TEXT{c} NOT NULL,"
    " CONSTRAINT pk_search_place PRIMARY KEY (id),"
    " CONSTRAINT uq_search_place_street_town UNIQUE (street, town))",
    "CREATE TABLE search_place_word (word TEXT{c} NOT NULL, place_id INTEGER NOT NULL,"
    " CONSTRAINT pk_search_place_word PRIMARY KEY (word, place_id)){clustered}",
    "CREATE TABLE search_word (word TEXT{c} NOT NULL, seen INTEGER NOT NULL,"
    " CONSTRAINT pk_search_word PRIMARY KEY (word)){clustered}",
    "CREATE TABLE search_client (client_id INTEGER NOT NULL, address_id INTEGER, meters TEXT NOT NULL,"
    " names TEXT NOT NULL, places TEXT NOT NULL, CONSTRAINT pk_search_client PRIMARY KEY (client_id))",
    "CREATE INDEX search_client_nip ON client (nip{c}) WHERE nip IS NOT NULL",
)
LIVE_PHONE = "WHERE kind = 'phone' AND removed_on IS NULL"
LIVE_EMAIL = "WHERE kind = 'email' AND removed_on IS NULL"

# SQLite keeps rows in the order of a key, and its unique constraints compare bytes already
SQLITE_OWN = (
    "CREATE TABLE search_name (kind SMALLINT NOT NULL, key TEXT NOT NULL, client_id INTEGER NOT NULL,"
    " place_id INTEGER NOT NULL, CONSTRAINT pk_search_name PRIMARY KEY (kind, key, client_id)) WITHOUT ROWID",
    "CREATE TABLE search_address (place_id INTEGER NOT NULL, number TEXT NOT NULL,"
    " client_id INTEGER NOT NULL, address_id INTEGER NOT NULL, CONSTRAINT pk_search_address"
    " PRIMARY KEY (place_id, number, client_id, address_id)) WITHOUT ROWID",
    "CREATE INDEX search_client_pesel ON client (pesel) WHERE pesel IS NOT NULL",
    f"CREATE INDEX search_contact_point_phone ON contact_point (value) {LIVE_PHONE}",
    f"CREATE INDEX search_contact_point_email ON contact_point (value) {LIVE_EMAIL}",
    "CREATE INDEX search_contact_point_ending ON contact_point (substr(value, -1, 1) || substr(value, -2, 1)"
    f" || substr(value, -3, 1) || substr(value, -4, 1) || substr(value, -5, 1)) {LIVE_PHONE}",
)

# PostgreSQL does not: entries are packed in arrays, and keys that many rows share take a few bytes each.
# With their columns compared byte by byte, unique constraints serve for searching too.
PACKED = (
    " low TEXT{c} NOT NULL, low_client INTEGER NOT NULL, high TEXT{c} NOT NULL, keys TEXT[]{c} NOT NULL,"
    " clients INTEGER[] NOT NULL, others INTEGER[] NOT NULL,"
)
POSTGRESQL_OWN = (
    f"CREATE TABLE search_name (part SMALLINT NOT NULL,{PACKED}"
    " CONSTRAINT pk_search_name PRIMARY KEY (part, low, low_client))",
    f"CREATE TABLE search_address (part INTEGER NOT NULL,{PACKED} names TEXT[] NOT NULL,"
    " CONSTRAINT pk_search_address PRIMARY KEY (part, low, low_client))",
    # compressed, but never moved elsewhere
    *(
        f"ALTER TABLE search_{table} ALTER keys SET STORAGE MAIN, ALTER clients SET STORAGE MAIN,"
        " ALTER others SET STORAGE MAIN"
        for table in ("name", "address")
    ),
    "ALTER TABLE search_address ALTER names SET STORAGE MAIN",
    "CREATE INDEX search_client_pesel ON client (left(pesel, 5){c}) WHERE pesel IS NOT NULL",
    f"CREATE INDEX search_contact_point_phone ON contact_point (left(value, 8){{c}}) {LIVE_PHONE}",
    f"CREATE INDEX search_contact_point_email ON contact_point (left(value, 9){{c}}) {LIVE_EMAIL}",
    f"CREATE INDEX search_contact_point_ending ON contact_point (reverse(right(value, 5)){{c}}) {LIVE_PHONE}",
    "ALTER TABLE client ALTER number TYPE VARCHAR(6){c}",
    "ALTER TABLE meter ALTER number TYPE VARCHAR(20){c}",
)
POSTGRESQL_BACK = (
    'ALTER TABLE client ALTER number TYPE VARCHAR(6) COLLATE "default"',
    'ALTER TABLE meter ALTER number TYPE VARCHAR(20) COLLATE "default"',
)
NAMES = ("client_pesel", "client_nip", "contact_point_phone", "contact_point_email", "contact_point_ending")
TABLE_NAMES = ("name", "place", "place_word", "address", "word", "client")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    """Go up. The tables start empty: `rebuild_index` fills them."""
    words = {"c": "", "clustered": " WITHOUT ROWID"}
    statements = SHARED_TABLES + SQLITE_OWN
    if _on_postgresql():
        words = {"c": ' COLLATE "C"', "clustered": ""}
        statements = SHARED_TABLES + POSTGRESQL_OWN
    for statement in statements:
        op.execute(statement.format_map(words))


def downgrade() -> None:
    """Go down."""
    for name in NAMES:
        op.execute(f"DROP INDEX search_{name}")
    for name in TABLE_NAMES:
        op.execute(f"DROP TABLE search_{name}")
    for statement in POSTGRESQL_BACK if _on_postgresql() else ():
        op.execute(statement)
