"""What whoever gives a reading is told: that the meter may be looked at all the same."""

from __future__ import annotations

DUTY = (
    "Uprzejmie informujemy, że podawanie stanów wodomierzy poprzez usługę e-BOK, telefonicznie, mailowo "
    "lub osobiście nie zwalnia z obowiązku dopuszczenia przedstawiciela Przedsiębiorstwa "
    "wodociągowo-kanalizacyjnego do pomieszczenia wodomierzowego w celu przeprowadzenia odczytu "
    "i kontroli licznika."
)
"""The Art. 7 clause, in the words the utility publishes."""

RIGHT_OF_ENTRY = (
    "„Art. 7. Osoby reprezentujące przedsiębiorstwo wodociągowo-kanalizacyjne, po okazaniu legitymacji "
    "służbowej i pisemnego upoważnienia, mają prawo wstępu na teren nieruchomości lub do obiektu "
    "budowlanego należących do osób, o których mowa w art. 6 ust. 2 i 4–7, w celu: (…) przeprowadzenia "
    "kontroli urządzenia pomiarowego, wodomierza głównego lub wodomierzy zainstalowanych przy punktach "
    "czerpalnych i dokonania odczytu ich wskazań oraz dokonania badań i pomiarów (…)”."
)
