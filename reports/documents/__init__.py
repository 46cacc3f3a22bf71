"""One document a file: a frozen snapshot in, bytes out."""
