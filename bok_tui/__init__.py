"""The agents' screen and the shell commands; the only place that imports Textual."""
