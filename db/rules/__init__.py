"""Pure functions, no I/O: identifiers, reading checks, verification, working days."""
