user-list-title = Benutzer
user-list-title-site = Benutzer in { $site }
user-list-count = { $total } Benutzer
user-list-found = { $found } von { $total } Benutzern gefunden
user-list-search-label = Suche
user-list-search-hint = Name, Rufnummer, Durchwahl oder Benutzername
user-list-site-label = Standort
user-list-site-all = Alle Standorte
user-list-state-label = Status
user-list-state-all = Jeder Status
user-list-filter = Suchen
user-list-filter-clear = Alle anzeigen
user-list-add = Benutzer hinzufügen
user-list-name = Name
user-list-number = Rufnummer
user-list-extension = Durchwahl
user-list-package = Lizenztyp
user-list-phone = Tischtelefon
user-list-state = Status
user-list-empty-title = Noch keine Benutzer
user-list-empty-text = Fügen Sie den ersten hinzu: Eine Rufnummer, ein Lizenztyp und ein Name genügen.
user-list-none-title = Niemand passt dazu
user-list-none-text = Versuchen Sie es mit weniger Buchstaben, oder lassen Sie sich alle Benutzer anzeigen.
user-list-stock-title = Noch frei
choose-site-title = Wo arbeitet der neue Benutzer?
choose-site-lead = Ein Benutzer gehört zu einem Standort und erhält eine von dessen Rufnummern.
choose-site-numbers = { $count ->
    [0] Keine freie Rufnummer
    [one] { $count } freie Rufnummer
   *[other] { $count } freie Rufnummern
}
