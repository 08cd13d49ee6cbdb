home-title = Übersicht
home-greeting = Schön, dass Sie da sind, { $name }
home-sites-title = Standorte
home-site-users = { $count } Benutzer
home-site-pending = { $count } ausstehend
home-site-failed = { $count } fehlgeschlagen
home-site-all-active = Alle Benutzer sind aktiv
home-licences-title = Lizenzen
home-users-of-site = Benutzer in { $site }
home-add-user = Benutzer hinzufügen
home-operator-waiting = { $count ->
    [0] Kein Benutzer wartet auf die Aktivierung
    [one] { $count } Benutzer wartet auf die Aktivierung
   *[other] { $count } Benutzer warten auf die Aktivierung
}
home-operator-failed = { $count ->
    [0] Keine Aktivierung ist fehlgeschlagen
    [one] { $count } Aktivierung ist fehlgeschlagen
   *[other] { $count } Aktivierungen sind fehlgeschlagen
}
home-operator-queue = Zu den Aktivierungen
home-operator-enterprises = { $count } Unternehmen
home-operator-enterprises-open = Zu den Unternehmen
home-user-number = Ihre Rufnummer
home-user-extension = Ihre Durchwahl
home-user-phone = Ihr Tischtelefon
home-user-details = Ihre Daten
home-user-pending = Sie können bereits telefonieren. Anrufe erreichen Sie, sobald Ihre Rufnummer aktiviert ist; dafür müssen Sie nichts tun.
home-user-failed = Ihre Rufnummer konnte noch nicht aktiviert werden. Sie können telefonieren, aber Anrufe erreichen Sie nicht. Bitte sprechen Sie mit Ihrem Administrator.
