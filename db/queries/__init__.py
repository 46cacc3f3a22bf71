"""Reads: plain functions of a Work to records."""
