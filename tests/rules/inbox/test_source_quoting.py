"""The writer's own words apart from older mail, as the mail programs of Poland set it."""

# ruff: noqa: E501 - as long as mail programs write them

from __future__ import annotations

import pytest

from db.rules.inbox.quoting import split_quoted
from db.rules.inbox.small_print import without_small_print
from db.rules.inbox.source import read_source
from tests.rules.inbox.raw_mail import mail

OLD = "Prosimy o podanie stanu wodomierza.\nPoprzedni stan: 111\nBOK"
MARKED = "\n".join(f"> {line}" for line in OLD.split("\n"))

ATTRIBUTIONS = {
    "thunderbird": "W dniu 12.11.2026 o 10:20, BOK pisze:",
    "thunderbird, older": "W dniu 2026-11-12 10:20, BOK Wodociągi pisze:",
    "onet": "W dniu 2026-11-16 08:14:22 użytkownik BOK <bok@example.com> napisał:",
    "wp": "Dnia 16 listopada 2026 08:14 BOK <bok@example.com> napisał(a):",
    "o2": "Dnia 16 listopada 2026 8:14 BOK &lt;bok@example.com&gt; napisał(a):",
    "gmail": "pon., 16 lis 2026 o 08:14 BOK <bok@example.com> napisał(a):",
    "gmail, broken": "pon., 16 lis 2026 o 08:14 Biuro Obsługi Klienta Wodociągów\n<bok@example.com> napisał(a):",
    "gmail, older": "2026-11-16 8:14 GMT+01:00 BOK <bok@example.com>:",
    "gmail, English": "On Mon, Nov 16, 2026 at 8:14 AM BOK <bok@example.com> wrote:",
    "English, broken": "On Mon, Nov 16, 2026 at 8:14 AM Biuro Obsługi Klienta\n<bok@example.com>\nwrote:",
    "apple": "Wiadomość napisana przez BOK <bok@example.com> w dniu 16.11.2026, o godz. 08:14:",
    "apple, English": "On 16 Nov 2026, at 08:14, BOK <bok@example.com> wrote:",
    "yahoo": "W dniu poniedziałek, 16 listopada 2026 08:14:22 CET użytkownik BOK <bok@x.pl> napisał:",
    "yahoo, newer": "W poniedziałek, 16 listopada 2026 08:14:22 CET, BOK <bok@x.pl> napisał(a):",
    "mutt": "Dnia 2026-11-16, o godz. 08:14:22 BOK <bok@example.com> napisał(a):",
    "samsung": "16 lis 2026 08:14 BOK <bok@example.com> napisał(a):",
    "no diacritics": "Dnia 16 listopada 2026 08:14 BOK <bok@example.com> napisal(a):",
    "horde": "Cytowanie BOK <bok@example.com>:",
    "user": "Użytkownik BOK napisał:",
    "bold": "*W dniu 12.11.2026 o 10:20, BOK pisze:*",
    "friday, broken": "piątek, 13 listopada 2026 08:14 Biuro Obsługi Klienta\n<bok@example.com> napisał(a):",
    "the bat": "poniedziałek, 16 listopada 2026, 08:14:22, napisałeś:",
    "broken before its verb": "Biuro Obsługi Klienta <bok@example.com>\nnapisał(a):",
    "German": "Am 16.11.2026 um 08:14 schrieb BOK <bok@example.com>:",
    "Finnish": "BOK <bok@example.com> kirjoitti 16.11.2026 08:14:",
}
BLOCK = "Od: BOK <bok@example.com>\nWysłano: poniedziałek, 16 listopada 2026 08:14\nDo: jan@example.pl\nTemat: Odczyt\n"
SEPARATORS = {
    "outlook express": "-----Oryginalna wiadomość-----\n" + BLOCK,
    "outlook": "-----Wiadomość oryginalna-----\n" + BLOCK,
    "outlook, English": "-----Original Message-----\nFrom: BOK [mailto:bok@x.pl]\nSent: Monday\nTo: Jan\nSubject: x\n",
    "samsung": "-------- Oryginalna wiadomość --------\nOd: BOK <bok@x.pl>\nData: 16.11.2026 08:14 (GMT+01:00)\n"
    "Do: jan@x.pl\nTemat: Odczyt\n",
    "gmail, passed on": "---------- Forwarded message ---------\nOd: BOK <b@x.pl>\nDate: pon., 16 lis 2026 o 08:14\n"
    "Subject: x\nTo: <jan@x.pl>\n",
    "gmail, Polish": "---------- Przekazana wiadomość ---------\nOd: BOK <b@x.pl>\nData: 16 lis\nTemat: x\nDo: j\n",
    "thunderbird": "-------- Przekazana wiadomość --------\nTemat: \tOdczyt\nData: \t16 Nov 2026\nNadawca: \tBOK\n",
    "thunderbird, newer": "-------- Treść przekazanej wiadomości --------\nTemat: Odczyt\nOd: BOK\n",
    "apple, passed on": "Początek przekazywanej wiadomości:\n\nOd: BOK <bok@x.pl>\nTemat: Odczyt\nData: 16 lis\n",
    "apple, English": "Begin forwarded message:\n\nFrom: BOK <bok@x.pl>\nSubject: Odczyt\n",
    "proton": "------- Oryginalna wiadomość -------\nW dniu 16.11.2026 08:14 BOK <bok@x.pl> napisał(a):\n",
    "notes": "-----BOK/Wodociagi/PL napisał(a): -----\nDo: jan@x.pl\nOd: BOK\nData: 16.11.2026\nTemat: Odczyt\n",
    "no diacritics": "-----Oryginalna wiadomosc-----\n" + BLOCK,
    "outlook, newer": BLOCK,
    "outlook for a phone": "________________________________\n" + BLOCK,
    "outlook, bold": "*Od:* BOK <bok@x.pl>\n*Wysłano:* 16 listopada 2026\n*Do:* Jan\n*Temat:* Odczyt\n",
    "outlook, in one line": "Od: BOK [mailto:bok@x.pl] Wysłano: 16 listopada 2026 Do: Jan Temat: Odczyt\n",
    "outlook, spread": BLOCK.replace("\n", "\n\n"),
    "interia": 'Od: "BOK" <bok@x.pl>\nDo: jan@x.pl\nWysłane: 8:14 Poniedziałek 2026-11-16\nTemat: Odczyt\n',
    "many recipients": "From: BOK <bok@x.pl>\nSent: Monday\nTo: a@x.pl; b@x.pl;\n c@x.pl; d@x.pl\nCc: e@x.pl\nSubject: x\n",
}


@pytest.mark.parametrize("program", ATTRIBUTIONS)
@pytest.mark.parametrize("old", [MARKED, OLD], ids=["marked", "bare"])
def test_an_answer_above(program: str, old: str) -> None:
    attribution = ATTRIBUTIONS[program].replace("&lt;", "<").replace("&gt;", ">")
    if program in ("German", "Finnish") and old is OLD:
        return  # nothing says what it is
    split = split_quoted(f"Dzień dobry\nstan 487\n\n{attribution}\n\n{old}")
    assert split.own == "Dzień dobry\nstan 487"
    assert split.quoted.startswith(attribution.split("\n")[0])
    assert OLD in split.quoted


@pytest.mark.parametrize("program", ATTRIBUTIONS)
def test_an_answer_below(program: str) -> None:
    attribution = ATTRIBUTIONS[program].replace("&lt;", "<").replace("&gt;", ">")
    split = split_quoted(f"{attribution}\n{MARKED}\n\nstan 487\nJan")
    assert (split.own, split.quoted) == ("stan 487\nJan", f"{attribution}\n{OLD}")


def test_an_attribution_that_names_no_day() -> None:
    assert split_quoted(f"stan 487\nJan Kowalski pisze:\n{MARKED}").own == "stan 487"
    assert split_quoted("Jan Kowalski pisze:\nstan 487").own == "Jan Kowalski pisze:\nstan 487"


def test_answers_between_the_lines_stay_in_order() -> None:
    split = split_quoted(
        "Witam,\n\nW dniu 12.11.2026 o 10:20, BOK pisze:\n> Stan główny?\n487\n> Stan ogrodowy?\n>\n\n12 m3\n> BOK\n\nJan"
    )
    assert split.own == "Witam,\n\n487\n\n12 m3\n\nJan"
    assert split.quoted == "W dniu 12.11.2026 o 10:20, BOK pisze:\nStan główny?\nStan ogrodowy?\n\nBOK"


@pytest.mark.parametrize("program", SEPARATORS)
def test_older_mail_below_a_separator(program: str) -> None:
    split = split_quoted(f"stan 487\n\n{SEPARATORS[program]}\n{OLD}\n> jeszcze starsze\nkoniec")
    assert split.own == "stan 487"
    assert OLD in split.quoted
    assert split.quoted.endswith("koniec")


@pytest.mark.parametrize(
    "program", [name for name in SEPARATORS if "passed on" in name or "thunderbird" in name]
)
def test_nothing_but_a_message_passed_on(program: str) -> None:
    split = split_quoted(f"{SEPARATORS[program]}\n{OLD}")
    assert (split.own, split.forwarded) == ("", True)


def test_a_letter_that_begins_like_a_form_is_older_mail() -> None:
    assert split_quoted(f"stan 487\n\n{BLOCK}\nNr klienta: 123456\nTreść: stan 111").own == "stan 487"


def test_below_a_separator_marked_lines_have_an_end() -> None:
    split = split_quoted(f"-----Original Message-----\n{MARKED}\nstan 487")
    assert split.own == "stan 487"
    assert not split.forwarded


@pytest.mark.parametrize(
    "text",
    [
        "Od: Jan Kowalski\nTemat: stan\nTreść: stan 487",
        "Od: 1 listopada\nDo: 30 listopada zużyłem 5 m3",
        "Data: 16.11.2026\nStan: 487",
        "W dniu 16.11.2026 stan licznika wynosi: 487",
        "W dniu wczorajszym spisałem:\n487",
        "Dnia 16.11 podaję:\nkuchnia 12\nłazienka 13",
        "Sąsiad napisał:\nstan 487",
        "-----\nstan 487\n-----",
        "________________\nstan 487",
        "2026-11-16: 487",
        ">> STAN 487 <<",
        "Jan jan@example.pl\npisze: 487",
        "Proszę pisać na jan@example.pl\nstan 487",
        "Temat: odczyt\nstan 487",
        "Imię: Jan\nE-mail: jan@x.pl\nData: 16.11.2026\nTemat: odczyt\nWiadomość: 487",
        "Od: jan@example.pl\nData: 16.11.2026\nTemat: odczyt\nTreść: 487",
    ],
)
def test_what_only_looks_like_older_mail_is_kept(text: str) -> None:
    assert split_quoted(text).own == text


def test_the_mark_of_a_mailbox_is_no_quotation() -> None:
    assert split_quoted("Witam\n>From jutra stan 487").own == "Witam\nFrom jutra stan 487"
    assert split_quoted("Witam\n> stare\n>From jutra").own == "Witam"


def test_a_word_broken_off_a_quoted_line_is_no_answer() -> None:
    long = "> Prosimy o niezwłoczne podanie stanu wodomierza na dzień zakończenia okresu"
    assert split_quoted(f"{long}\n22.11.2026\n> BOK\n\n487").own == "487"
    asked = "> Jaki jest obecny stan wodomierza głównego w Państwa budynku przy Lipowej?"
    assert split_quoted(f"{asked}\n487\n> BOK").own == "487"


@pytest.mark.parametrize(
    "line",
    [
        "Wysłane z iPhone'a",
        "Wysłane z mojego iPhone’a",
        "Wysłano z iPada",
        "Wysłano z mojego smartfona Samsung",
        "Wysłano z mojego smartfona Samsung Galaxy S22 5G.",
        "Wyslano z telefonu Huawei",
        "Wysłane z urządzenia Xiaomi",
        "Wysłane z aplikacji Poczta Onet",
        "Wysłano z aplikacji mobilnej WP Poczta",
        "Wysłano z Outlooka dla systemu Android<https://aka.ms/AAb9ysg>",
        "Wysłane z programu Poczta dla systemu Windows 10",
        "Pobierz aplikację Outlook dla systemu Android<https://aka.ms/AAb9ysg>",
        "Pobierz program Outlook dla systemu iOS",
        "Uzyskaj aplikację Outlook dla systemu iOS",
        "Get Outlook for Android",
        "Sent from my iPhone",
        "Sent from Yahoo Mail on Android",
        "Wolny od wirusów. www.avast.com",
        "Ta wiadomość e-mail została sprawdzona pod kątem wirusów przez oprogramowanie AVG",
        "https://www.avast.com/antivirus",
        "Przed wydrukowaniem pomyśl o środowisku",
    ],
)
def test_what_a_program_added_goes(line: str) -> None:
    assert without_small_print(f"stan 487\n\n{line}\nJan") == "stan 487\n\nJan"
    assert without_small_print(f"stan 487\n-- \n{line}") == "stan 487"


@pytest.mark.parametrize(
    "notice",
    [
        "Niniejsza wiadomość wraz z załącznikami jest poufna i przeznaczona wyłącznie\ndla adresata 12345678.",
        "Treść tej wiadomości zawiera informacje przeznaczone tylko\ndla adresata.",
        "Ta wiadomość może zawierać informacje prawnie chronione.\nKasujcie ją.",
        "Jeżeli nie są Państwo adresatem\nprosimy usunąć",
        "Jeśli otrzymali Państwo tę wiadomość omyłkowo\nprosimy usunąć",
        "Administratorem Pani/Pana danych osobowych jest X,\nNIP 5250001009",
        "Nota prawna: x\ny",
        "DISCLAIMER: x\ny",
        "Niniejsza wiadomość jest poufna. " * 60,
        "Niniejsza wiadomość nie stanowi oferty i jest poufna w rozumieniu art. 66",
        "This e-mail and any attachments are confidential\nand so on",
        "If you are not the intended recipient\nand so on",
    ],
)
def test_what_a_lawyer_added_goes_to_the_end_of_its_paragraph(notice: str) -> None:
    if "nie są Państwo" in notice:
        notice = notice.replace("nie są Państwo", "nie jesteście")
    assert (
        without_small_print(f"stan 487\nJan\n\n{notice}\n\ntel. 601 234 567")
        == "stan 487\nJan\n\ntel. 601 234 567"
    )
    assert without_small_print(f"stan 487\n{notice}") == "stan 487"


@pytest.mark.parametrize(
    "text",
    [
        "Wysłałem wczoraj zdjęcie",
        "Ta wiadomość to reklamacja, pismo w załączniku",
        "Uwaga: zmieniłem adres",
        "W imieniu spółki (KRS 0000998877) podaję stan 487",
        "Inaczej sprawę rozstrzygnie sąd rejonowy",
        "Niniejsza wiadomość jest przeznaczona dla BOK: stan 487\nPozdrawiam",
        "Wysłane zdjęcie licznika pokazuje 487",
        "Wysłano z opóźnieniem: stan 487",
        "Ta wiadomość dotyczy licznika 12345678",
        "Niniejszym podaję stan 487",
        "Administratorem budynku jest Kowalski",
        "Jeśli nie jestem w domu, proszę dzwonić",
        "Jan Kowalski\ntel. 601 234 567",
        "Pobierz odczyt z licznika",
    ],
)
def test_what_its_writer_wrote_stays(text: str) -> None:
    assert without_small_print(text) == text


def test_pictures_links_and_seals_are_no_words() -> None:
    assert without_small_print("[cid:image001.jpg@01DA1234.56789]stan 487 [image: 999.jpg]") == "stan 487"
    assert without_small_print("tel. 601<tel:601> a@b.pl<mailto:a@b.pl>") == "tel. 601 a@b.pl"
    assert without_small_print("stan <487>") == "stan <487>"
    sealed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nstan 487\n-----BEGIN PGP SIGNATURE-----\n\n9999\n"
    assert without_small_print(sealed) == "stan 487"
    assert without_small_print(sealed + "-----END PGP SIGNATURE-----\nJan") == "stan 487\n\nJan"


def test_signs_that_are_not_seen_hide_no_attribution() -> None:
    hidden = "W\u00a0dniu 12.11.2026\u200b o\u202a 10:20, BOK\u202c pisze:"
    read = read_source(mail(f"stan 487\n\n{hidden}\nPoprzedni stan: 111"))
    assert read.text == "stan 487"


def test_a_signature_stays_for_its_phone() -> None:
    assert without_small_print("487\n\n-- \nJan\ntel. 601 234 567") == "487\n\nJan\ntel. 601 234 567"


def test_a_reply_loop_of_two_hundred() -> None:
    body = "stan 487"
    for turn in range(200):
        body = f"odpowiedź {turn}\n\nW dniu 12.11.2026 o 10:20, BOK pisze:\n" + "\n".join(
            f"> {line}" for line in body.split("\n")
        )
    read = read_source(mail(body))
    assert read.text == "odpowiedź 199"
    assert "odpowiedź 198\n" in read.quoted
    assert len(read.quoted) <= 100_000
