"""How much of a stranger's message is looked at."""

from __future__ import annotations

MOST_BYTES = 10_000_000
"""Bytes of a message; of a longer one the beginning is read, where the words stand."""
MOST_LINES = 400_000
"""Lines of a message; each costs the parser a step for every multipart that it stands in."""
MOST_STEPS = 12_000_000
"""Lines times multiparts, some seconds of the parser's time."""
MOST_PARTS = 200
MOST_DEPTH = 20
"""Multiparts and forwarded messages inside of one another."""
LONGEST_HEAD = 64 * 1024
"""Bytes of headers in one block."""
LONGEST_FIELD = 16 * 1024
"""Bytes of one header that is decoded."""
LONGEST_TYPE = 4 * 1024
"""Bytes of a Content-Type: the library's reader of its parameters takes time by the square."""
MOST_PART_BYTES = 1_000_000
"""Bytes of one part that are read as words."""
MOST_TEXT = 100_000
"""Characters of words that are kept, of the writer's own as of quoted ones."""
MOST_FILES = 200
LONGEST_SUBJECT = 500
LONGEST_NAME = 200
LONGEST_ID = 250
MOST_REFERENCES = 50
