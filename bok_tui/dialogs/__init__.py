"""Typed modal screens that always answer."""
