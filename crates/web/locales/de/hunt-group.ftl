# Sammelanschlüsse: Felder, Verteilung, Protokoll, Seiten
field-policy = Anrufverteilung
field-skip-after-rings = Nächstes Mitglied nach
field-no-answer-after = Umleiten nach
field-no-answer-target = Umleiten, wenn niemand abnimmt
field-not-reachable-target = Umleiten, wenn niemand erreichbar ist
field-busy-target = Umleiten bei Besetzt
field-is-busy = Gruppe besetzt
field-shows-name = Namen der Gruppe anzeigen
field-allows-call-waiting = Auch Mitglieder anrufen, die telefonieren
field-members = Mitglieder
problem-twice = Jemand steht zweimal in der Liste. Behalten Sie einen der beiden Einträge.
journal-hunt-group-added = Sammelanschluss hinzugefügt
journal-hunt-group-modified = Sammelanschluss geändert
journal-hunt-group-deleted = Sammelanschluss gelöscht
journal-virtual-user-activated = Gruppe aktiviert
journal-virtual-user-failed = Aktivierung einer Gruppe fehlgeschlagen
journal-virtual-user-retried = Aktivierung einer Gruppe erneut versucht
journal-virtual-user-cancelled = Auftrag storniert, Gruppe entfernt
hunt-policy-circular = Umlaufend
hunt-policy-regular = Linear
hunt-policy-simultaneous = Gleichzeitig
hunt-policy-uniform = Am längsten frei
hunt-policy-weighted = Priorisiert
group-kind-hunt-group = Sammelanschluss
group-kind-call-centre = Callcenter
group-kind-pickup-group = Anrufannahme-Gruppe
group-kind-park-group = Anrufpark-Gruppe
hunt-group-list-title = Sammelanschlüsse: { $site }
hunt-group-list-lead = Ein Sammelanschluss hat eine Rufnummer, die bei seinen Mitgliedern klingelt – in der Reihenfolge, die Sie wählen.
hunt-group-list-empty-title = Noch keine Sammelanschlüsse
hunt-group-list-empty-text = Fügen Sie einen hinzu, damit ein Team gemeinsam unter einer Rufnummer erreichbar ist.
hunt-group-list-none = Kein Sammelanschluss passt zur Suche.
hunt-group-list-search = Suchen
hunt-group-list-search-hint = Name, Rufnummer oder Durchwahl
hunt-group-list-all = Alle zeigen
hunt-group-add = Sammelanschluss hinzufügen
hunt-group-add-title = Sammelanschluss hinzufügen: { $site }
hunt-group-lead = Dafür ist keine Lizenz nötig. Der Betreiber aktiviert die Rufnummer; Mitglieder können Sie schon eintragen.
hunt-group-section-name = Name und Rufnummer
hunt-group-section-calls = Verteilung der Anrufe
hunt-group-section-forwards = Wenn niemand den Anruf annimmt
hunt-group-name-hint = Am Standort einmalig, höchstens 80 Zeichen. Telefone zeigen ihn vor dem Namen des Anrufers.
hunt-group-number-hint = Eine freie Rufnummer des Standorts
hunt-group-extension-hint = Bleibt das Feld leer, ist es das Ende der Rufnummer.
hunt-group-department-none = Keine Abteilung
hunt-group-policy-regular = Immer vom ersten Mitglied an
hunt-group-policy-circular = Beginnt hinter dem Mitglied, das den letzten Anruf angenommen hat
hunt-group-policy-simultaneous = Klingelt bei allen freien Mitgliedern zugleich
hunt-group-policy-uniform = Zuerst, wer am längsten keinen Anruf dieser Gruppe hatte
hunt-group-policy-weighted = Nach Anteilen: speichern, dann je Mitglied den Anteil eintragen
hunt-group-rings-hint = 1 bis 20 Rufzeichen zu sechs Sekunden. Bleibt das Feld leer, wird niemand übersprungen.
hunt-group-options = Weitere Einstellungen
hunt-group-busy-note = Bei niemandem klingelt es; wer anruft, hört das Besetztzeichen oder wird umgeleitet.
hunt-group-name-note = Telefone zeigen die Gruppe vor dem Anrufer.
hunt-group-waiting-note = Sonst werden sie übergangen.
hunt-group-target-hint = Eine Durchwahl oder Rufnummer; bleibt das Feld leer, wird nicht umgeleitet.
hunt-group-after-hint = 0 bis 7200 Sekunden insgesamt; bleibt das Feld leer, 30.
hunt-group-members-lead = Die Reihenfolge der Liste zählt bei Umlaufend und Linear. Umleitungen und Sprachbox der Mitglieder nehmen nie einen Anruf der Gruppe an.
hunt-group-members-none = Es gibt noch keine Mitglieder.
hunt-group-member = Mitglied
hunt-group-order = Reihenfolge
hunt-group-weight = Anteil
hunt-group-weight-of = Anteil von { $name }, 0 bis 100
hunt-group-up = Nach oben
hunt-group-up-name = { $name } nach oben
hunt-group-down = Nach unten
hunt-group-down-name = { $name } nach unten
hunt-group-remove = Entfernen
hunt-group-remove-name = { $name } aus der Gruppe entfernen
hunt-group-find = Mitglieder suchen
hunt-group-find-hint = Name, Benutzername, Rufnummer oder Durchwahl
hunt-group-find-submit = Suchen
hunt-group-found = Gefunden
hunt-group-found-none = Niemand passt zur Suche, der nicht schon in der Gruppe ist.
hunt-group-add-member = { $name } in die Gruppe aufnehmen
hunt-group-add-member-short = Aufnehmen
hunt-group-elsewhere = Mitglied an einem anderen Standort
hunt-group-from-activation = Ab Aktivierung
hunt-group-waiting = { $count ->
    [one] { $count } Mitglied ist noch nicht aktiv. Der Platz gilt von selbst ab der Aktivierung; bis dahin klingelt es dort nicht.
   *[other] { $count } Mitglieder sind noch nicht aktiv. Ihre Plätze gelten von selbst ab der Aktivierung; bis dahin klingelt es dort nicht.
}
hunt-group-was-added = Der Sammelanschluss wurde hinzugefügt. Er wird angerufen, sobald der Betreiber die Rufnummer aktiviert hat.
hunt-group-was-saved = Der Sammelanschluss wurde geändert.
hunt-group-locked = Name, Rufnummer und Durchwahl können Sie ändern und die Gruppe löschen, sobald sie aktiv ist: Der Auftrag für die Rufnummer ist beim Betreiber noch offen. Mitglieder und Einstellungen können Sie schon ändern.
hunt-group-pending = Dieser Sammelanschluss ist noch nicht erreichbar: Der Betreiber hat die Rufnummer noch nicht aktiviert.
hunt-group-delete = Sammelanschluss löschen
hunt-group-delete-title = Sammelanschluss { $name } löschen?
hunt-group-delete-number = Die Rufnummer { $number } ist sofort frei und kann neu vergeben werden.
hunt-group-delete-extension = Auch die Durchwahl { $extension } wird frei.
hunt-group-delete-members = { $count ->
    [0] Die Gruppe hat keine Mitglieder.
    [one] { $count } Mitglied verlässt die Gruppe und bleibt Benutzer.
   *[other] { $count } Mitglieder verlassen die Gruppe und bleiben Benutzer.
}
hunt-group-delete-forwards = Diese Umleitungen auf die Gruppe entfallen:
hunt-group-delete-submit = Sammelanschluss { $name } löschen
hunt-group-delete-keep = Sammelanschluss behalten
site-hunt-groups = Sammelanschlüsse
site-hunt-groups-open = Sammelanschlüsse verwalten
site-hunt-groups-count = { $count ->
    [one] { $count } Sammelanschluss
   *[other] { $count } Sammelanschlüsse
}
activation-groups-title = Sammelanschlüsse und Callcenter
activation-group-cancel-lead = { $name } war nie aktiv und wird mit den Einstellungen entfernt. Die Mitglieder bleiben Benutzer.
user-groups-section = Gruppen
user-groups-none = Dieser Benutzer ist in keiner Gruppe.
