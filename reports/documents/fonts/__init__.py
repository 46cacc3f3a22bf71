"""The typefaces of our documents: DejaVu Sans, cut down to the letters that we print."""
