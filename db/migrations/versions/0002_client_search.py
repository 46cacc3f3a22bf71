"""The client index: plain search_* tables and B-trees on identifiers.

Revision: 0002, after 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# {c} is the collation that compares byte by byte, {clustered} what keeps rows in key order
TABLES = (
    "CREATE TABLE search_name (kind SMALLINT NOT NULL, key TEXT{c} NOT NULL, client_id INTEGER NOT NULL,"
    " place_id INTEGER NOT NULL, CONSTRAINT pk_search_name PRIMARY KEY (kind, key, client_id){payload}){clustered}",
    "CREATE TABLE search_phone_end (ending TEXT{c} NOT NULL, point_id INTEGER NOT NULL,"
    " CONSTRAINT pk_search_phone_end PRIMARY KEY (ending, point_id)){clustered}",
    "CREATE TABLE search_place (id INTEGER NOT NULL, street TEXT{c} NOT NULL, town TEXT{c} NOT NULL,"
    " CONSTRAINT pk_search_place PRIMARY KEY (id), CONSTRAINT uq_search_place_street_town UNIQUE (street, town))",
    "CREATE TABLE search_place_word (word TEXT{c} NOT NULL, place_id INTEGER NOT NULL,"
    " CONSTRAINT pk_search_place_word PRIMARY KEY (word, place_id)){clustered}",
    "CREATE TABLE search_address (place_id INTEGER NOT NULL, number TEXT{c} NOT NULL, client_id INTEGER NOT NULL,"
    " address_id INTEGER NOT NULL,"
    " CONSTRAINT pk_search_address PRIMARY KEY (place_id, number, client_id, address_id)){clustered}",
    "CREATE TABLE search_word (word TEXT{c} NOT NULL, seen INTEGER NOT NULL,"
    " CONSTRAINT pk_search_word PRIMARY KEY (word)){clustered}",
    "CREATE TABLE search_client (client_id INTEGER NOT NULL, address_id INTEGER, meters TEXT NOT NULL,"
    " names TEXT NOT NULL, places TEXT NOT NULL, CONSTRAINT pk_search_client PRIMARY KEY (client_id))",
)
INDEXES = (
    "CREATE INDEX search_client_pesel ON client (pesel{c}) WHERE pesel IS NOT NULL",
    "CREATE INDEX search_client_nip ON client (nip{c}) WHERE nip IS NOT NULL",
    "CREATE INDEX search_contact_point_value ON contact_point (value{c}) WHERE removed_on IS NULL",
)
# SQLite's unique constraints on these columns compare bytes already
POSTGRESQL_INDEXES = (
    "CREATE INDEX search_client_number ON client (number{c})",
    "CREATE INDEX search_meter_number ON meter (number{c})",
)
NAMES = ("client_pesel", "client_nip", "contact_point_value")
POSTGRESQL_NAMES = ("client_number", "meter_number")
TABLE_NAMES = ("name", "phone_end", "place", "place_word", "address", "word", "client")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    """Go up. The tables start empty: `rebuild_index` fills them."""
    words = {"c": "", "payload": "", "clustered": " WITHOUT ROWID"}
    statements = TABLES + INDEXES
    if _on_postgresql():
        words = {"c": ' COLLATE "C"', "payload": " INCLUDE (place_id)", "clustered": ""}
        statements += POSTGRESQL_INDEXES
    for statement in statements:
        op.execute(statement.format_map(words))


def downgrade() -> None:
    """Go down."""
    for name in NAMES + (POSTGRESQL_NAMES if _on_postgresql() else ()):
        op.execute(f"DROP INDEX search_{name}")
    for name in TABLE_NAMES:
        op.execute(f"DROP TABLE search_{name}")
