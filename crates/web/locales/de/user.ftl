user-state-pending-title = Noch nicht aktiv
user-state-pending-text = { $name } kann telefonieren, wird aber erst angerufen, wenn der Betreiber die Rufnummer aktiviert hat. Diese Seite zeigt es, sobald es so weit ist.
user-state-failed-title = Die Aktivierung ist fehlgeschlagen
user-state-failed-reason = Grund: { $reason }
user-state-failed-whom = Fragen Sie: { $contact }
user-now-active = { $name } ist jetzt aktiv und wird angerufen.
user-now-active-show = Zeigen, was jetzt möglich ist
user-locked = Solange { $name } nicht aktiv ist, lässt sich die Konfiguration nicht ändern und der Benutzer nicht löschen: Der Auftrag für die Rufnummer ist beim Betreiber noch offen. Anrufdienste und Gruppen können Sie schon einstellen.
user-edit = Ändern
user-delete = Benutzer löschen
user-person = Person
user-username = Benutzername
user-email = E-Mail-Adresse
user-site = Standort
user-department = Abteilung
user-language = Sprache
user-since = Hinzugefügt
user-number-section = Rufnummer und Lizenztyp
user-number = Rufnummer
user-extension = Durchwahl
user-package = Lizenztyp
user-services = Dienste
user-phone-section = Tischtelefon
user-phone-type = Gerätetyp
user-phone-login = Anmeldename
user-phone-state = Verbindung
user-phone-none = Dieser Benutzer hat kein Tischtelefon und deshalb keine Anmeldedaten.
user-phone-new-login = Neue Anmeldedaten
user-mobile-section = Mobilfunk
user-mobile-number = Mobilfunknummer
user-contract-number = Vertragsnummer
user-mobile-none = Es ist keine Mobilfunknummer eingetragen.
user-activity-section = Aktivitäten
user-activity-all = Alle Aktivitäten zu diesem Benutzer
user-danger-section = Wenn jemand geht
user-danger-text = Das Löschen gibt Rufnummer und Lizenz frei und nimmt den Benutzer aus jeder Gruppe. Sie sehen alles, was entfernt wird, bevor Sie entscheiden.
user-delete-title = Benutzer { $name } löschen?
user-delete-lead = Das geschieht dabei:
user-delete-number = Die Rufnummer { $number } ist sofort frei und kann neu vergeben werden.
user-delete-phone = Das Tischtelefon { $phone } verliert sofort die Verbindung. Ein laufendes Gespräch wird nicht getrennt.
user-delete-login = Die Anmeldedaten des Telefons und der Zugang zum Portal gelten nicht mehr.
user-delete-account = Der Zugang zum Portal gilt nicht mehr.
user-delete-licence = Eine Lizenz { $package } wird frei.
user-delete-groups = { $count ->
    [one] { $name } verlässt { $count } Gruppe:
   *[other] { $name } verlässt { $count } Gruppen:
}
user-delete-no-groups = { $name } ist in keiner Gruppe.
group-hunt = Sammelanschluss { $name }
group-agent = Callcenter { $name }, als Agent
group-supervisor = Callcenter { $name }, als Supervisor
group-pickup = Anrufannahme-Gruppe { $name }
group-park = Anrufpark-Gruppe { $name }
user-delete-others = Hier war { $name } bisher eingetragen; der Eintrag entfällt:
user-delete-tell-title = Diese Personen sollten es vielleicht wissen
user-delete-tell = { $count ->
    [one] Dieser Person eine Nachricht senden
   *[other] Diesen { $count } Personen eine Nachricht senden
}
user-delete-final = Das lässt sich nicht rückgängig machen.
user-delete-submit = Benutzer { $name } löschen
user-delete-keep = Benutzer behalten
user-contact = den Betreiber dieser Telefonanlage
