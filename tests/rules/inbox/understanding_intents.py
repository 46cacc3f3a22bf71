"""What people want, in words of every day; phones of old, other systems' invoices."""

from __future__ import annotations

WISHED = (
    ("", "Na fakturze jest 1650, licznik pokazuje 1056. Poprawić i przysłać korektę!", "complaint"),
    ("", "Podaję odczyt 512, proszę przesłać korektę odczytu z maja", "reading"),
    ("", "Czy dałoby się dostać PDF ostatniej faktury? Klient 210344", "invoice_copy"),
    ("", "Proszę o pdf majowej faktury, klient 210344", "invoice_copy"),
    ("", "Faktury proszę słać od września wyłącznie elektronicznie, klient 210344", "einvoice"),
    ("e-FV", "Poproszę od przyszłego miesiąca. Klient 210344", "einvoice"),
    ("", "Do kartoteki 210344 proszę wpisać nowy kontakt: kom. 883 041 267", "data_change"),
    ("korekta telefonu", "Klient 210344, tel. 883 041 267", "data_change"),
    (
        "sprzedaż domu",
        "Proszę o szybkie zaksięgowanie: wodomierz 81230664, 2099 m3. Klient 210344",
        "reading",
    ),
    ("sprzedaż domu", "Proszę o wpisanie nowego właściciela. Wodomierz 81230664, 2099 m3", "data_change"),
)
"""Subject, text, intent."""
CALLED = (
    ("Stary telefon 602 111 908 już nie działa, nowy to 781-440-256.", "781440256"),
    ("Poprzedni numer: 602 111 908, obecny 781 440 256", "781440256"),
    ("Proszę dzwonić: 602 111 908, klient 210344", "602111908"),
    ("Stary telefon 602 111 908 proszę usunąć", "602111908"),
)
"""Text, phone."""
BILLED = (
    ("Zapłaciłem dwa razy. Dotyczy F-2026/031125.", "F-2026/031125"),
    ("Proszę o kopię F/2026/04412", "F/2026/04412"),
    ("Stan 512, piętro F-2", None),
)
"""Text, invoice."""
