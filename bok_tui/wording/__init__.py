"""Records in, plain lines of text out: what the screens say, without a widget."""
