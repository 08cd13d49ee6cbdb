# Was jede Seite trägt.
page-title = { $title } – Klinke
page-title-error = Fehler: { $title } – Klinke
page-skip = Zum Inhalt springen
page-tagline = Das offene Telefonsystem
nav-label = Hauptnavigation
nav-home = Übersicht
nav-users = Benutzer
nav-calls = Anrufe
nav-activity = Aktivitäten
nav-activation = Aktivierung
nav-activation-waiting = { $count ->
    [one] { $count } Benutzer wartet
   *[other] { $count } Benutzer warten
}
nav-enterprises = Unternehmen
nav-path = Sie sind hier
language-label = Sprache
account-label = Konto von { $name }
account-log-out = Abmelden
role-operator = Betreiber
role-enterprise-admin = Unternehmensadministrator
role-site-admin = Standortadministrator
role-user = Benutzer
error-summary = { $count ->
    [one] Es gibt ein Problem
   *[other] Es gibt { $count } Probleme
}
error-prefix = Fehler:
field-choose = Bitte wählen
action-cancel = Abbrechen
action-save = Speichern
action-change = Ändern
action-copy = Kopieren
action-copied = Kopiert
state-pending = Ausstehend
state-activated = Aktiviert
state-failed = Fehlgeschlagen
live-user-state = { $name } ist jetzt: { $state }
live-user-phone = { $name }: { $sentence }
live-on = Aktualisiert sich von selbst
live-pause = Aktualisierung anhalten
live-resume = Aktualisierung fortsetzen
live-paused = Die Aktualisierung ist angehalten
pager-label = Seiten
pager-previous = Vorige Seite
pager-next = Nächste Seite
stock-free = { $free } von { $total } frei
stock-none = Keine von { $total } frei
stock-low = Wird knapp
stock-used-up = Aufgebraucht
stock-numbers = Rufnummern
nothing = Keine
answer-yes = Ja
answer-no = Nein
