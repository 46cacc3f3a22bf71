"""Options that several commands of the shell take."""

from __future__ import annotations

from typing import Annotated

import typer

from db.words import N_
from reports.output import Form

FormOption = Annotated[
    Form, typer.Option("--format", metavar="FORM", help=N_("table for people; json or csv for programs."))
]
Output = Annotated[
    str, typer.Option("--output", metavar="FILE", help=N_("Write to this file; - is standard output."))
]
Force = Annotated[bool, typer.Option("--force", help=N_("Replace a file that exists."))]
