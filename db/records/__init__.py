"""Frozen records handed out and validated inputs taken in; light to import."""
