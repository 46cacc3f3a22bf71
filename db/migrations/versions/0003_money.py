"""Tariffs, invoices, the ledger, payments, bank files and what leaves the office.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.operations.installation import RATE_SOURCE
from db.rules.interest_rates import known_rates
from db.words import N_

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "interest_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.CheckConstraint("rate >= 0", name=op.f("ck_interest_rate_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_rate")),
        sa.UniqueConstraint("starts_on", name=op.f("uq_interest_rate_starts_on")),
    )
    op.create_table(
        "tariff_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_group")),
        sa.UniqueConstraint("code", name=op.f("uq_tariff_group_code")),
    )
    op.create_table(
        "bank_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bank_file_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_bank_file_sha256")),
    )
    op.create_table(
        "billing_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("estimate", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["tariff_group.id"], name=op.f("fk_billing_run_group_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_billing_run_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_run")),
    )
    op.create_table(
        "tariff_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "service",
            sa.Enum(
                "water",
                "sewage",
                "standing",
                name="service",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=False),
        sa.Column("approval", sa.String(length=120), nullable=False),
        sa.CheckConstraint("price >= 0 AND vat_rate >= 0", name=op.f("ck_tariff_price_amounts")),
        sa.ForeignKeyConstraint(["group_id"], ["tariff_group.id"], name=op.f("fk_tariff_price_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_price")),
        sa.UniqueConstraint(
            "group_id", "service", "starts_on", name=op.f("uq_tariff_price_group_id_service_starts_on")
        ),
    )
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("virtual_account", sa.String(length=34), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_bank_line_amount")),
        sa.ForeignKeyConstraint(["file_id"], ["bank_file.id"], name=op.f("fk_bank_line_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_line_key")),
    )
    with op.batch_alter_table("bank_line", schema=None) as batch_op:
        batch_op.create_index("ix_bank_line_file_id", ["file_id"], unique=False)

    op.create_table(
        "billing_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "no_reading",
                "suspect_reading",
                "zero",
                "ended_contract",
                "no_tariff",
                "no_meter",
                "refused",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_billing_skip_contract_id")),
        sa.ForeignKeyConstraint(["run_id"], ["billing_run.id"], name=op.f("fk_billing_skip_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_skip")),
        sa.UniqueConstraint("run_id", "contract_id", name=op.f("uq_billing_skip_run_id_contract_id")),
    )
    with op.batch_alter_table("billing_skip", schema=None) as batch_op:
        batch_op.create_index("ix_billing_skip_contract_id", ["contract_id"], unique=False)

    op.create_table(
        "document_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "handed_over",
                "queued",
                "posted",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_document_delivery_contact_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_document_delivery_document_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_document_delivery_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_delivery")),
    )
    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.create_index("ix_document_delivery_document_id", ["document_id"], unique=False)

    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invoice", "correction", name="kind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("voids", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'correction') = (corrects_id IS NOT NULL)", name=op.f("ck_invoice_correction")
        ),
        sa.CheckConstraint("NOT voids OR kind = 'correction'", name=op.f("ck_invoice_voids")),
        sa.CheckConstraint("ends_on >= starts_on AND due_on >= issued_on", name=op.f("ck_invoice_days")),
        sa.CheckConstraint("net + vat = gross", name=op.f("ck_invoice_total")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_invoice_client_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_invoice_contract_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["invoice.id"], name=op.f("fk_invoice_corrects_id")),
        sa.ForeignKeyConstraint(["document_id"], ["issued_document.id"], name=op.f("fk_invoice_document_id")),
        sa.ForeignKeyConstraint(["run_id"], ["billing_run.id"], name=op.f("fk_invoice_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("document_id", name=op.f("uq_invoice_document_id")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
        sa.UniqueConstraint("kind", "period", "serial", name=op.f("uq_invoice_kind_period_serial")),
    )
    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.create_index("ix_invoice_client_id", ["client_id", "id"], unique=False)
        batch_op.create_index("ix_invoice_contract_id_ends_on", ["contract_id", "ends_on"], unique=False)
        batch_op.create_index("ix_invoice_run_id", ["run_id"], unique=False)
        batch_op.create_index("ix_invoice_corrects_id", ["corrects_id"], unique=False)
        batch_op.create_index(
            "uq_invoice_contract_id_starts_on_round",
            ["contract_id", "starts_on", "round"],
            unique=True,
            sqlite_where=sa.text("kind = 'invoice'"),
            postgresql_where=sa.text("kind = 'invoice'"),
        )

    op.create_table(
        "outgoing_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_outgoing_message_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_outgoing_message_contact_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_outgoing_message_document_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_outgoing_message_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_message")),
    )
    with op.batch_alter_table("outgoing_message", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_message_client_id", ["client_id", "id"], unique=False)

    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "service",
            sa.Enum(
                "water",
                "sewage",
                "standing",
                name="service",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sa.UniqueConstraint("invoice_id", "position", name=op.f("uq_invoice_line_invoice_id_position")),
    )
    op.create_table(
        "invoice_meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("main", "garden", name="role", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("from_state", sa.BigInteger(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("to_state", sa.BigInteger(), nullable=False),
        sa.Column("consumption", sa.BigInteger(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_meter_invoice_id")),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_invoice_meter_meter_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_invoice_meter_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_meter")),
        sa.UniqueConstraint("invoice_id", "meter_id", name=op.f("uq_invoice_meter_invoice_id_meter_id")),
    )
    with op.batch_alter_table("invoice_meter", schema=None) as batch_op:
        batch_op.create_index("ix_invoice_meter_meter_id", ["meter_id", "to_day"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "cash",
                "card",
                "transfer",
                "online",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("payer", sa.String(length=160), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("bank_line_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["issued_document.id"], name=op.f("fk_payment_document_id")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["bank_line_id"], ["bank_line.id"], name=op.f("fk_payment_bank_line_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_payment_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_payment_contact_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_payment_invoice_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["payment.id"], name=op.f("fk_payment_reverses_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("bank_line_id", name=op.f("uq_payment_bank_line_id")),
        sa.UniqueConstraint("document_id", name=op.f("uq_payment_document_id")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payment_reverses_id")),
        sa.UniqueConstraint("submission", name=op.f("uq_payment_submission")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index("ix_payment_client_id", ["client_id", "day", "id"], unique=False)
        batch_op.create_index(
            "ix_payment_contact_id",
            ["contact_id"],
            unique=False,
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        )

    op.create_table(
        "bank_line_decision",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("booked", "dismissed", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'booked') = (payment_id IS NOT NULL)", name=op.f("ck_bank_line_decision_payment")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name=op.f("fk_bank_line_decision_line_id")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_bank_line_decision_payment_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bank_line_decision_staff_id")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_bank_line_decision")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_bank_line_decision_payment_id")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invoice",
                "correction",
                "payment",
                "interest",
                "refund",
                "reversal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(invoice_id IS NOT NULL) = (kind IN ('invoice', 'correction')) AND (payment_id IS NOT NULL) = (kind IN ('payment', 'refund', 'reversal')) AND (document_id IS NOT NULL) = (kind = 'interest')",
            name=op.f("ck_ledger_entry_source"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_ledger_entry_client_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_ledger_entry_document_id")
        ),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_ledger_entry_invoice_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_ledger_entry_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("document_id", name=op.f("uq_ledger_entry_document_id")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_ledger_entry_invoice_id")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_ledger_entry_payment_id")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_client_id", ["client_id", "day", "id"], unique=False)

    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tariff_group_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_contract_tariff_group_id"), "tariff_group", ["tariff_group_id"], ["id"]
        )

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.alter_column("staff_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_index("ix_issued_document_about_id", ["about_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_issued_document_about_id"), "issued_document", ["about_id"], ["id"]
        )

    with op.batch_alter_table("utility", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bank_account", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("routing_number", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("account_prefix", sa.String(length=4), nullable=True))

    _add_rates()


def _add_rates() -> None:
    """Give an installation that stands the rates that a new one begins with; a balance asks for them."""
    connection = op.get_bind()
    if not connection.scalar(sa.text("SELECT count(*) FROM installation")):
        return
    rates = sa.table(
        "interest_rate",
        sa.column("starts_on", sa.Date),
        sa.column("rate", sa.BigInteger),
        sa.column("source", sa.String),
    )
    rows = [
        {"starts_on": day, "rate": int(rate * 10_000), "source": RATE_SOURCE}
        for day, rate in sorted(known_rates().items())
    ]
    connection.execute(sa.insert(rates), rows)


def _refuse_to_lose_money() -> None:
    """Raise Refused when there is what the older schema has no place for."""
    there = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in ("invoice", "payment", "bank_file"))
    papers = "SELECT 1 FROM issued_document WHERE kind <> 'reading_confirmation'"
    if op.get_bind().execute(sa.text(f"{there} UNION ALL {papers} LIMIT 1")).first():
        raise Refused(
            N_("The database holds invoices, payments or letters; an older schema would lose them."),
        )


def downgrade() -> None:
    """Go down, unless that would lose money. Raises Refused."""
    _refuse_to_lose_money()
    with op.batch_alter_table("utility", schema=None) as batch_op:
        batch_op.drop_column("account_prefix")
        batch_op.drop_column("routing_number")
        batch_op.drop_column("bank_account")

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_issued_document_about_id"), type_="foreignkey")
        batch_op.drop_index("ix_issued_document_about_id")
        batch_op.drop_column("about_id")
        batch_op.alter_column("staff_id", existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_contract_tariff_group_id"), type_="foreignkey")
        batch_op.drop_column("tariff_group_id")

    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entry_client_id")

    op.drop_table("ledger_entry")
    op.drop_table("bank_line_decision")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_payment_contact_id",
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_payment_client_id")

    op.drop_table("payment")
    with op.batch_alter_table("invoice_meter", schema=None) as batch_op:
        batch_op.drop_index("ix_invoice_meter_meter_id")

    op.drop_table("invoice_meter")
    op.drop_table("invoice_line")
    with op.batch_alter_table("outgoing_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_message_client_id")

    op.drop_table("outgoing_message")
    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_invoice_contract_id_starts_on_round",
            sqlite_where=sa.text("kind = 'invoice'"),
            postgresql_where=sa.text("kind = 'invoice'"),
        )
        batch_op.drop_index("ix_invoice_corrects_id")
        batch_op.drop_index("ix_invoice_run_id")
        batch_op.drop_index("ix_invoice_contract_id_ends_on")
        batch_op.drop_index("ix_invoice_client_id")

    op.drop_table("invoice")
    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_document_delivery_document_id")

    op.drop_table("document_delivery")
    with op.batch_alter_table("billing_skip", schema=None) as batch_op:
        batch_op.drop_index("ix_billing_skip_contract_id")

    op.drop_table("billing_skip")
    with op.batch_alter_table("bank_line", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_line_file_id")

    op.drop_table("bank_line")
    op.drop_table("tariff_price")
    op.drop_table("billing_run")
    op.drop_table("bank_file")
    op.drop_table("tariff_group")
    op.drop_table("interest_rate")
