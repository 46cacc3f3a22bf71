"""A morning's mail for the tests of the inbox: one message of each temper, each with its client."""

from __future__ import annotations

from datetime import date

from db.records.clients import MeterRole
from db.records.incoming import ArrivedMail, AttachedFile, MailIntent, TextSpan
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor

SURE = (
    "Dzień dobry, podaję stan wodomierza głównego, jak Państwo prosili w zawiadomieniu w drzwiach.\n"
    "stan: 00499\nna dzień 21.11. Pozdrawiam serdecznie, Żaneta Kowalska"
)
RED = "Dzień dobry stan licznika 499,123 m3 pozdrawiam"


def spans(text: str, *words: str) -> tuple[TextSpan, ...]:
    """Return where these words stand in a text."""
    return tuple(TextSpan(text.index(word), text.index(word) + len(word)) for word in words)


def sure(at: int, value: str = "499", text: str = SURE) -> ArrivedMail:
    """A message that Enter books, from the client whose address is `k<at>@example.org`."""
    return mail(
        state(value),
        sender=f"k{at}@example.org",
        text=text,
        used=spans(text, "00499", "21.11") if text is SURE else (),
    )


def morning(floor: Floor) -> list[int]:
    """Take in: sure, a red digit too many, unknown, contradiction, two meters, complaint, newsletter, photo.

    Clients 200000 to 200007, the fifth with a garden meter.
    """
    built = [writer(floor.builder, number=f"{200000 + at}", address=f"k{at}@example.org") for at in range(8)]
    garden = floor.builder.meter(built[4].point_id, "70000001", role=MeterRole.GARDEN)
    floor.builder.reading(garden, date(2026, 8, 31), 120, 120)
    floor.builder.notice(garden, date(2026, 11, 8), date(2026, 11, 30))
    red = "Stan licznika 499123 pozdrawiam"
    return take_in(
        floor.house,
        sure(0),
        mail(state("499123"), sender="k1@example.org", text=red, used=spans(red, "499123")),
        mail(state("511"), sender="nikt@example.net", text="stan 511", used=spans("stan 511", "511")),
        mail(
            state("499", built[3].meter),
            sender="k2@example.org",
            client_number=built[2].number,
            meters=(built[3].meter,),
            text=f"klient {built[2].number}, licznik {built[3].meter}, stan 499",
        ),
        mail(
            state("499", built[4].meter, role=MeterRole.MAIN),
            state("131", "70000001", role=MeterRole.GARDEN),
            sender="k4@example.org",
            meters=(built[4].meter, "70000001"),
            text=f"główny {built[4].meter}: 499\nogrodowy 70000001: 131",
        ),
        mail(
            sender="k5@example.org",
            text="To skandal! Rachunek jest dwa razy wyższy niż zwykle, proszę o wyjaśnienie.",
            intent=MailIntent.COMPLAINT,
            sufficient=False,
            said_subject="Reklamacja rachunku",
        ),
        mail(
            sender="news@example.com",
            text="Promocja tylko dziś",
            intent=MailIntent.OTHER,
            sufficient=False,
            said_automatic=True,
            said_subject="Newsletter",
        ),
        mail(
            sender="k6@example.org",
            text="Przesyłam zdjęcie licznika.",
            sufficient=False,
            said_files=(AttachedFile("licznik.jpg", "image/jpeg", 1_234_567),),
        ),
        mail(state("640"), sender="k7@example.org", text="stan 640"),
    )
