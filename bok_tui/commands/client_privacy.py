"""`bok client export` and `bok client anonymise`: the rights of Art. 15 and Art. 17 GDPR."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import Force, FormOption
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.columns import Column
from reports.output import Form, write_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.office import Office
    from db.records.issued import IssuedDocumentView
    from db.records.personal_data import LookUp, PersonalData
    from reports.personal_data import WrittenCopy

EXPORT_HELP = N_(
    "Write a copy of everything that is kept about a client (Art. 15 GDPR): a PDF with its letter and a"
    " JSON file, with purposes, recipients, retention and every look at the data, without the names of"
    " those who looked. For supervisors; the copy is logged."
)
EXPORTED = (
    Column("client", N_("Client")),
    Column("document", N_("Document")),
    Column("pdf", N_("PDF")),
    Column("json", N_("JSON")),
    Column("sha256", N_("SHA-256 of the JSON file")),
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The client number."))]


def export_command(
    number: Number,
    output: Annotated[
        str,
        typer.Option(
            "--output", metavar="DIR|FILE", help=N_("A folder, or the PDF; the JSON goes beside it.")
        ),
    ],
    form: FormOption = Form.TABLE,
    force: Force = False,
) -> None:
    """Export a client's data."""
    office = signed_in_office(open_shell())
    from db.queries.personal_data import personal_data

    data = office.read(personal_data, number)
    pdf = _pdf_path(output, data)
    json = pdf.with_suffix(".json")
    view, copy = _written(office, data, pdf, json, force=force)
    row = {"client": data.client_number, "document": view.number, "pdf": str(pdf), "json": str(json)}
    write_record(EXPORTED, {**row, "sha256": copy.sha256}, form=form, translate=_)


def _pdf_path(output: str, data: PersonalData) -> Path:
    """Return where the PDF goes: the file that was named, or one of the client's and the day in the "
    "folder."""
    from db.clock import office_day
    from db.whole_files import cannot_write

    path = Path(output)
    if path.suffix.lower() in (".pdf", ".json"):
        return path.with_suffix(".pdf")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path / f"rodo15-{data.client_number}-{office_day(data.as_of)}.pdf"


def _written(
    office: Office, data: PersonalData, pdf: Path, json: Path, *, force: bool
) -> tuple[IssuedDocumentView, WrittenCopy]:
    """Write both files; the letter is issued once the data is on the disk, and the PDF last."""
    from db.operations.privacy_letters import issue_data_export
    from db.records.documents import from_json
    from db.records.privacy_letters import DataExport
    from db.whole_files import written_beside
    from reports.documents.data_export import paper_with_copy
    from reports.documents.printed import printed
    from reports.personal_data import copy_blocks, write_copy

    with written_beside(pdf, force=force) as paper_file, written_beside(json, force=force) as data_file:
        with data_file.open("wb") as stream:
            copy = write_copy(stream, data, _pages(office, data))
        view = office.do(issue_data_export, data.client_number, copy.parts, copy.sha256)
        letter = from_json(view.kind, view.snapshot)
        if not isinstance(letter, DataExport):
            raise AssertionError("the letter of an export is one")
        paper = paper_with_copy(letter, copy_blocks(data, copy.looks))
        paper_file.write_bytes(printed(paper, view.snapshot))
    say(N_("The copy names people: hand it over to the client alone, and delete it here afterwards."))
    return view, copy


def _pages(office: Office, data: PersonalData) -> Iterator[Sequence[LookUp]]:
    from db.queries.personal_data import look_ups

    after = 0
    while page := office.read(look_ups, data.client_number, until=data.looks_until, after=after):
        yield page
        after = page[-1].seq
