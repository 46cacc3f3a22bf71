"""First names as they are met in signatures, in bare small letters, with the short forms people use."""

from __future__ import annotations

from db.rules.inbox.page import words

FIRST_NAMES = words(
    "adam adrian agata agnieszka aga ala albert aldona aleksander aleksandra alek alfred alicja alina alojzy"
    " amelia anastazja andrzej aneta angelika ania anita anka anna antoni antonina apolonia arek arkadiusz"
    " artur asia augustyn barbara bartek bartlomiej bartosz basia beata bernadeta bernard blanka blazej"
    " bogdan boguslaw boguslawa bogumil bogumila boleslaw bozena bronislaw bronislawa cecylia celina cezary"
    " czarek czeslaw czeslawa dagmara damian daniel danuta danka daria darek dariusz dawid diana dominik"
    " dominika dominika dorota edmund edward edyta ela elwira elzbieta emil emilia eryk eugenia eugeniusz"
    " ewa ewelina fabian felicja feliks ferdynand filip franciszek franciszka franek fryderyk gabriel"
    " gabriela genowefa gerard gosia gracjan grazyna grzegorz gustaw hanka hanna halina hania helena"
    " henryk henryka hieronim honorata hubert ida ignacy igor ilona irek irena ireneusz irmina iwona"
    " iza izabela jacek jadwiga jadzia jagoda jakub jan janek janina janusz jarek jaroslaw jasiek jerzy"
    " joanna joachim jola jolanta jozef jozefa judyta julia julian julita juliusz jurek justyna kacper"
    " kajetan kamil kamila karol karolina kasia kaska katarzyna kazik kazimiera kazimierz kinga klara"
    " klaudia kleofas konrad kornelia krystian krystyna krysia krzysiek krzysztof ksawery kuba lech leokadia"
    " leon leonard leopold leszek lidia liliana longina lucja lucjan lucyna ludmila ludwik ludwika lukasz"
    " maciej maciek magda magdalena maja maksymilian malgorzata malwina marcel marcela marcelina marcin marek"
    " maria marian marianna mariola mariusz marlena marta martyna marysia marzanna marzena mateusz"
    " matylda maurycy michal michalina mieczyslaw mieczyslawa mikolaj milena milosz mirek miroslaw"
    " miroslawa monika natalia nela nikodem nina norbert ola oliwia olga oskar otylia patryk patrycja"
    " paulina pawel pelagia piotr piotrek przemek przemyslaw radek radoslaw rafal regina remigiusz renata"
    " robert roksana roman romana romuald rozalia rudolf ryszard rysiek sabina salomea sandra sebastian"
    " seweryn slawek slawomir slawomira sonia stanislaw stanislawa staszek stasiek stasia stefan stefania"
    " sylwester sylwia szczepan szymon tadek tadeusz tamara tekla teodor teresa tomasz tomek tymon tymoteusz"
    " urszula ula waclaw waldek waldemar walenty waleria wanda weronika wieslaw wieslawa wieslawa wiesiek"
    " wiktor wiktoria wilhelm wincenty wioletta wiola witek witold wladek wladyslaw wladyslawa wlodek"
    " wlodzimierz wojciech wojtek zbigniew zbyszek zdzislaw zdzislawa zenobia zenon ziemowit zofia zosia"
    " zuza zuzanna zygmunt zyta"
)
