"""Writes: plain functions; one call is one business transaction."""
