"""What leaves the office: documents and listings. Knows no Textual."""
