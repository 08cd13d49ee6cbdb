# Neue Anmeldedaten für viele Benutzer auf einmal.
user-list-select = Auswahl
user-list-select-user = { $name } auswählen
user-list-selected = Ausgewählt:
user-list-select-all = { $found ->
    [one] Den einen Benutzer auswählen, der passt
   *[other] Alle { $found } auswählen, die passen
}
user-list-renew = Neue Anmeldedaten
renewal-title = Neue Anmeldedaten für mehrere Benutzer?
renewal-part = { $count ->
    [0] Niemand kann neue Anmeldedaten erhalten.
    [one] { $count } Benutzer erhält neue Anmeldedaten für das Tischtelefon.
   *[other] { $count } Benutzer erhalten neue Anmeldedaten für das Tischtelefon.
}
renewal-skipped = { $count ->
    [one] { $count } Benutzer wird übersprungen:
   *[other] { $count } Benutzer werden übersprungen:
}
renewal-skipped-more = { $count ->
    [one] und { $count } weiterer
   *[other] und { $count } weitere
}
renewal-old = Die alten Anmeldedaten gelten sofort nicht mehr. Ein laufendes Gespräch wird nicht getrennt.
renewal-once = Das Ergebnis können Sie einmal abrufen, innerhalb von 23 Stunden.
renewal-kind-label = Passwörter
renewal-kind-generated = Für jeden ein eigenes erzeugen
renewal-kind-generated-note = Sicherer: Wer ein Passwort kennt, kennt nicht die anderen.
renewal-kind-chosen = Eines für alle festlegen
renewal-kind-chosen-note = Geben Sie es darunter ein.
renewal-password-label = Passwort für alle
renewal-password-hint = { $min } bis { $max } Zeichen: Buchstaben, Ziffern und { $signs }. Nur nötig, wenn Sie eines für alle festlegen.
renewal-submit = { $count ->
    [one] Anmeldedaten für { $count } Benutzer erneuern
   *[other] Anmeldedaten für { $count } Benutzer erneuern
}
renewal-keep = Nichts ändern
renewal-unknown = Unbekannter Benutzer
outcome-waiting = Wartet
outcome-done = Neue Anmeldedaten
outcome-not-found = Übersprungen: nicht gefunden
outcome-deleted = Übersprungen: gelöscht
outcome-no-desk-phone = Übersprungen: ohne Tischtelefon
outcome-not-active = Übersprungen: noch nicht aktiviert
outcome-cancelled = Abgebrochen
outcome-replaced = Inzwischen gibt es neuere Anmeldedaten
job-title = Neue Anmeldedaten
job-running = Läuft
job-done = Fertig
job-cancelled = Abgebrochen
job-progress-label = Fortschritt
job-count = { $failed ->
    [0] { $done } von { $total }
    [one] { $done } von { $total }, { $failed } Fehler
   *[other] { $done } von { $total }, { $failed } Fehler
}
job-announce = { $percent } % sind fertig.
job-cancel = Abbrechen, was noch nicht fertig ist
job-refresh = Stand aktualisieren
job-fetch = Ergebnis abrufen
job-result-ready = Die neuen Passwörter liegen versiegelt bereit. Sie können sie einmal abrufen.
job-result-not-yet = Das Ergebnis gibt es, sobald alles fertig ist. Sie können diese Seite verlassen und wiederkommen.
job-result-fetched = Das Ergebnis wurde abgerufen und gelöscht.
job-result-expired = Das Ergebnis wurde nicht rechtzeitig abgerufen und gelöscht.
job-result-nothing = Niemand hat neue Anmeldedaten erhalten.
job-rows = Was aus jedem geworden ist
job-name = Name
job-outcome = Ergebnis
job-more = Weitere anzeigen
job-back = Zur Benutzerliste
job-result-title = Ergebnis abrufen
job-result-lead = Die Datei enthält Passwörter und wird nur einmal ausgegeben. Danach sind sie hier gelöscht.
job-result-format-label = Datei
job-result-format-xlsx = Excel-Arbeitsmappe (.xlsx)
job-result-format-xlsx-note = Für Excel und LibreOffice; alle Felder sind Text.
job-result-format-csv = CSV
job-result-format-csv-note = Für Programme. Vor Rufnummern steht ein Apostroph, damit Tabellenprogramme sie nicht verändern.
job-result-password-label = Ihr Passwort
job-result-password-hint = Zu Ihrer Sicherheit: das Passwort, mit dem Sie sich hier anmelden.
job-result-submit = Datei herunterladen
job-result-after = Nach dem Herunterladen: zurück zur Übersicht
job-result-gone-title = Dieses Ergebnis gibt es nicht mehr
job-result-gone-text = Das Ergebnis kann nur einmal und nur innerhalb von 23 Stunden abgerufen werden. Wenn die Datei verloren gegangen ist, erzeugen Sie neue Anmeldedaten; die alten gelten dann nicht mehr.
job-result-gone-new = Benutzer auswählen und neue erzeugen
job-result-gone-job = Was aus jedem geworden ist
export-file = anmeldedaten
export-name = Name
export-site = Standort
export-number = Rufnummer
export-extension = Durchwahl
export-phone = Tischtelefon
export-login = Anmeldename
export-password = Passwort
export-server = Server
export-transport = Übertragung
export-outcome = Ergebnis
