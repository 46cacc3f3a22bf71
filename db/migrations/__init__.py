"""Alembic migrations for both dialects, up and down."""
