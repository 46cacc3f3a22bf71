"""The data and the rules that guard it; knows no Textual, Typer or fpdf."""
