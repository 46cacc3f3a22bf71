"""`bok reading mapping`: the columns of other people's files, and `--map` of the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.errors import NotFound, WrongInput
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.office import Office
    from db.records.reading_batch import ColumnMapping

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_(
        "Which columns of other people's files are which of ours. bok reading import --map ... --remember"
        " NAME --commit adds one; a file with the same columns is recognised from then on."
    ),
    epilog=N_("Example: bok reading mapping show aqua-odczyty"),
)
LISTED = (
    Column("name", N_("Mapping")),
    Column("columns", N_("Columns")),
    Column("agent", N_("Made by")),
    Column("made_at", N_("Made at"), Kind.INSTANT),
)
ONE = (Column("ours", N_("Our column")), Column("theirs", N_("Their column")))
Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The name it was remembered under."))]


@app.command("list", help=N_("List the remembered mappings."), epilog=N_("Example: bok reading mapping list"))
def list_command(form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """List every mapping."""
    rows = [_row(one, form) for one in _mappings(signed_in_office(open_shell()))]
    write_rows(LISTED, rows, form=form, output=output, force=force, translate=_)


@app.command(help=N_("Show a mapping column by column."), epilog=N_("Example: bok reading mapping show aqua"))
def show(name: Name, form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """Show one mapping."""
    found = named_mapping(signed_in_office(open_shell()), name)
    if form is Form.JSON:
        write_record(LISTED, _row(found, form), form=form, output=output, force=force)
        return
    rows: list[Row] = [{"ours": ours, "theirs": theirs} for ours, theirs in found.columns.items()]
    write_rows(ONE, rows, form=form, output=output, force=force, translate=_)


@app.command(
    help=N_("Forget a mapping. For supervisors and administrators."),
    epilog=N_("Example: bok reading mapping remove aqua-odczyty"),
)
def remove(name: Name) -> None:
    """Forget one mapping."""
    from db.operations.reading_mapping import remove_mapping

    signed_in_office(open_shell()).do(remove_mapping, name)
    say(N_("The mapping %(name)s is forgotten."), name=name)


def named_mapping(office: Office, name: str) -> ColumnMapping:
    """Return the mapping of this name; raises NotFound, naming those that there are."""
    known = _mappings(office)
    found = next((one for one in known if one.name == name.strip()), None)
    if found is None:
        raise NotFound(
            N_("There is no mapping %(name)s. There are: %(known)s."),
            name=name.strip()[:60],
            known=", ".join(one.name for one in known) or "–",
        )
    return found


def columns_of(
    office: Office, data: bytes, *, given: list[str], name: str, remember: str
) -> Mapping[str, str]:
    """Return which columns of a file are which of ours: as given, as named, or as it is recognised.

    Raises WrongInput where these contradict each other, NotFound for an unknown name.
    """
    from db.rules.reading_columns import parse_mapping
    from db.rules.reading_file import possible_prints

    if given and name:
        raise WrongInput(N_("Give either --map or --mapping, not both."))
    if remember and not given:
        raise WrongInput(N_("--remember keeps what --map says: map at least one column with --map."))
    if given:
        return parse_mapping(given)
    if name:
        return named_mapping(office, name).columns
    prints = possible_prints(data)
    found = next((one for one in _mappings(office) if one.header in prints), None)
    if found is None:
        return {}
    words = ", ".join(f"{ours} = {theirs}" for ours, theirs in found.columns.items())
    say(N_("The columns are those remembered as %(name)s: %(columns)s."), name=found.name, columns=words)
    return found.columns


def require_free(office: Office, name: str, columns: Mapping[str, str], header: str) -> None:
    """Raise what `keep_mapping` would, before anything is imported; nothing is remembered yet."""
    from db.queries.reading_mapping import mapping_to_keep

    office.read(mapping_to_keep, name, columns, header)


def keep_mapping(office: Office, name: str, columns: Mapping[str, str], header: str) -> None:
    """Remember what was mapped."""
    from db.operations.reading_mapping import remember_mapping

    kept = office.do(remember_mapping, name, columns, header)
    say(N_("Remembered as %(name)s: a file with these columns is recognised from now on."), name=kept.name)


def _mappings(office: Office) -> tuple[ColumnMapping, ...]:
    from db.queries.reading_mapping import mappings

    return office.read(mappings)


def _row(one: ColumnMapping, form: Form) -> Row:
    words = ", ".join(f"{ours} = {theirs}" for ours, theirs in one.columns.items())
    columns = words if form is not Form.JSON else dict(one.columns)
    return {"name": one.name, "columns": columns, "agent": one.agent, "made_at": one.made_at}
