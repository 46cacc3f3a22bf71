"""The base of every table: named constraints, validated assignment."""

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

metadata = SQLModel.metadata


class Table(SQLModel):
    """Base of the tables: a row checks itself when built and when changed."""

    model_config = {"validate_assignment": True}
