# Wie eine Aktivierung weitergeht, und wie nach einer fehlgeschlagenen gefragt wird.
activation-next = Wie es weitergeht: { $step }
activation-next-attempt = nächster Versuch am { $at }
activation-next-operator = wartet auf den Betreiber seit { $at }
activation-next-carrier = wartet auf den Netzbetreiber seit { $at }
activation-reminder = Erinnerung: { $at }
activation-reminded = Wartet noch immer; erinnert am { $at }
activation-last-error = Letzter Fehler:
activation-filter-all = Alle
activation-filter-longer = Wartet länger als
activation-filter-any = Beliebig
activation-filter-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
activation-filter-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
activation-none-title = So wartet niemand
activation-none-text = Wählen Sie etwas anderes, oder heben Sie den Filter auf.
activation-fail-choice = Grund auswählen
activation-cancel-user-label = Auftrag für { $name } stornieren
activation-cancel-title = Auftrag für { $name } stornieren?
activation-cancel-lead = { $name } war nie aktiv. Das geschieht:
activation-cancel-user = { $name } wird mit allem entfernt, was eingegeben wurde.
activation-cancel-carrier = Der Netzbetreiber erfährt davon nichts: Einen Auftrag, den er schon hat, müssen Sie dort stornieren.
activation-asked = Nachgefragt am { $at } von { $name }
activation-ask-title = Betreiber fragen
activation-ask-text = Der Betreiber sieht Ihre Nachfrage zuerst und kann es erneut versuchen oder den Auftrag stornieren; dann sind Rufnummer und Lizenz wieder frei.
activation-ask-label = Nachricht (freiwillig)
activation-ask-hint = Höchstens 500 Zeichen. Schreiben Sie keine Passwörter.
activation-ask-submit = Betreiber fragen
activation-ask-done = Der Betreiber ist gefragt worden.
activation-ask-before = Der Betreiber ist innerhalb des letzten Tages schon gefragt worden; diese Nachfrage bleibt. Morgen können Sie erneut fragen.
failure-porting-unconfirmed = Die Portierung der Rufnummer ist noch nicht bestätigt.
failure-contract-missing = Der Vertrag für die Rufnummer fehlt.
failure-carrier-unreachable = Der Netzbetreiber war einen Tag lang nicht zu erreichen.
failure-carrier = Der Netzbetreiber meldet: { $text }
journal-user-activation-requested = Betreiber nach der Aktivierung gefragt
journal-actor-carrier = Der Netzbetreiber
field-message = Nachricht
