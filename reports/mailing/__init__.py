"""Mail that leaves the office: messages made of plain text, and the line to the server."""
