# Aufbau: Unternehmen, Standorte, Abteilungen, Rufnummern, Administratoren; Berichte und der Weg zum Netz.
nav-reports = Berichte
nav-trunk = Amtsleitung
structure-actions = Aktionen
question-final = Das lässt sich nicht rückgängig machen.
sheet-save = Als CSV speichern
department-all = Alle Abteilungen
department-list-title = Abteilungen: { $site }
department-list-lead = Abteilungen gliedern einen Standort. Jede kann Teil einer anderen sein.
department-list-empty-title = Noch keine Abteilungen
department-list-empty-text = Fügen Sie unten die erste hinzu.
department-list-users = Benutzer darin
department-add = Abteilung hinzufügen
department-top = Keine – oberste Ebene
department-delete = Löschen
department-form-title = Abteilung ändern: { $path }
department-form-lead = Wenn Sie die Abteilung verschieben, kommt alles mit, was zu ihr gehört.
department-form-parent-hint = Eine Abteilung kann nicht Teil von sich selbst werden.
department-delete-title = Abteilung { $path } löschen?
department-delete-users-up = { $count ->
    [0] Niemand ist direkt in dieser Abteilung.
    [one] { $count } Benutzer kommt in die Abteilung { $parent }.
   *[other] { $count } Benutzer kommen in die Abteilung { $parent }.
}
department-delete-users-none = { $count ->
    [0] Niemand ist direkt in dieser Abteilung.
    [one] { $count } Benutzer hat danach keine Abteilung mehr.
   *[other] { $count } Benutzer haben danach keine Abteilung mehr.
}
department-delete-parts-up = { $count ->
    [one] Ihre Unterabteilung wird Teil von { $parent }.
   *[other] Ihre { $count } Unterabteilungen werden Teil von { $parent }.
}
department-delete-parts-top = { $count ->
    [one] Ihre Unterabteilung kommt auf die oberste Ebene.
   *[other] Ihre { $count } Unterabteilungen kommen auf die oberste Ebene.
}
department-delete-submit = Abteilung { $path } löschen
department-delete-keep = Abteilung behalten
enterprise-basics = Allgemeines
enterprise-change-open = Unternehmen ändern
enterprise-change-title = Unternehmen ändern
enterprise-change-country-hint = Danach richtet sich, wie Zeiten und Rufnummern gezeigt werden. Die Länder der Standorte bleiben.
enterprise-change-extensions-hint = Erlaubt sind zwei bis sechs Ziffern. Längen, die vergebene Durchwahlen verletzen würden, sind nicht möglich.
enterprise-extensions = Durchwahlen
enterprise-extensions-text = { $min } bis { $max } Ziffern; vorgeschlagen werden die letzten { $usual } der Rufnummer
site-change-open = Standort ändern
site-change-title = Standort ändern: { $name }
site-change-country = Das Land lässt sich nur ändern, solange der Standort weder Benutzer noch Rufnummern hat.
site-users-open = Alle ansehen
site-numbers-open = Alle Rufnummern
site-numbers-title = Rufnummern: { $site }
site-numbers-search = Rufnummer oder Name
site-numbers-holder = Vergeben an
site-numbers-none = Keine Rufnummer passt dazu.
site-numbers-empty = Dieser Standort hat noch keine Rufnummern.
site-usage = Lizenzen am Standort
site-usage-none = Noch niemand verwendet hier eine Lizenz.
site-departments = Abteilungen
site-departments-open = Abteilungen verwalten
site-departments-count = { $count ->
    [0] Dieser Standort hat noch keine Abteilungen.
    [one] { $count } Abteilung
   *[other] { $count } Abteilungen
}
site-activity = Aktivitäten an diesem Standort
number-free = Frei
number-assigned = Vergeben
number-reserved = Reserviert
number-reserve = Reservieren
number-reserve-this = { $number } reservieren
number-release = Freigeben
number-release-this = { $number } freigeben
number-remove = Entfernen
number-remove-title = Rufnummer { $number } entfernen?
number-remove-fact = Die Rufnummer gehört danach nicht mehr zum Standort { $site } und kann an niemanden vergeben werden.
number-remove-again = Sie lässt sich später wieder importieren, hier oder an einem anderen Standort.
number-remove-submit = Rufnummer { $number } entfernen
number-remove-keep = Rufnummer behalten
administrator-change-title = Administrator ändern: { $name }
administrator-remove-section = Administrator entfernen
administrator-remove-text = Wer entfernt ist, kann sich nicht mehr anmelden. Offene Sitzungen enden sofort.
administrator-remove = Administrator entfernen
administrator-remove-title = Administrator { $name } entfernen?
administrator-remove-access = { $name } wird sofort abgemeldet und kann sich nicht mehr anmelden.
administrator-remove-log = Was { $name } getan hat, bleibt bei den Aktivitäten stehen.
administrator-remove-submit = Administrator { $name } entfernen
administrator-remove-keep = Administrator behalten
administrator-oneself = Das sind Sie selbst. Ihre Rolle und Ihre Standorte ändert ein anderer Administrator.
activity-from = Von
activity-until = Bis
activity-any = Alles
activity-none = Dazu gibt es keinen Eintrag.
usage-open = Lizenznutzung
usage-title = Lizenznutzung
usage-lead = Was { $enterprise } hat, und an welchem Standort es verwendet wird.
usage-sites = Nach Standort
report-title = Benutzer und Dienste
report-lead = Wer was hat, an welchem Standort und in welcher Abteilung.
report-place = Standort
report-licences = Lizenztyp und Dienste
report-phone = Telefon
sheet-product = Lizenz
sheet-held = Vorhanden
sheet-used = Verwendet
sheet-on-behalf = Im Namen von
trunk-title = Amtsleitung (Trunk)
trunk-lead = Der Weg ins öffentliche Telefonnetz, wie er in der Konfiguration steht.
trunk-again = Aktualisieren
trunk-none-title = Kein Trunk eingerichtet
trunk-none-text = Ohne den Abschnitt [trunk] in der Konfiguration gehen nur Anrufe innerhalb von Klinke.
trunk-registered = Beim Netzbetreiber registriert
trunk-unregistered = Beim Netzbetreiber nicht registriert
trunk-reachable = Adresse des Netzbetreibers ist bekannt
trunk-unreachable = Der Name des Netzbetreibers lässt sich nicht auflösen
trunk-error = Zuletzt abgelehnt mit { $code }.
trunk-error-silence = Zuletzt kam keine Antwort ({ $code }).
trunk-error-no-way = Zuletzt gab es keinen Weg zum Netzbetreiber ({ $code }).
trunk-now = Jetzt
trunk-calls = { $count ->
    [0] Kein Anruf läuft über den Trunk
    [one] { $count } Anruf läuft über den Trunk
   *[other] { $count } Anrufe laufen über den Trunk
}
trunk-configured = Konfiguration
trunk-address = Adresse
trunk-transport = Transportprotokoll
trunk-domain = Domäne
trunk-peer = Aufgelöst als
trunk-trusted = Anrufe angenommen von
trunk-username = Benutzername
trunk-no-username = Keiner; der Netzbetreiber erkennt uns an der Adresse
trunk-registration = Registrierung
trunk-registration-as = Als { $user }, alle { $seconds } Sekunden
trunk-no-registration = Nicht verlangt
journal-department-changed = Abteilung geändert
journal-department-deleted = Abteilung gelöscht
journal-number-reserved = Rufnummer reserviert
journal-number-released = Rufnummer freigegeben
journal-number-removed = Rufnummer entfernt
journal-administrator-changed = Administrator geändert
journal-administrator-removed = Administrator entfernt
field-parent = Gehört zu
field-extension-min = Mindestens (Ziffern)
field-extension-max = Höchstens (Ziffern)
field-extension-default = Vorgeschlagen (Ziffern)
field-actor = Wer
field-action = Was
field-from = Von
field-until = Bis
problem-inside-itself = Eine Abteilung kann nicht Teil von sich selbst oder ihren Unterabteilungen sein. Wählen Sie eine andere.
problem-too-deep = Höchstens { $max } Ebenen sind möglich. Wählen Sie eine Abteilung weiter oben.
problem-too-many = Höchstens { $max } sind möglich. Löschen Sie zuerst etwas.
problem-extensions-in-use = { $count ->
    [one] { $count } vergebene Durchwahl hat eine andere Länge. Ändern Sie diese zuerst.
   *[other] { $count } vergebene Durchwahlen haben eine andere Länge. Ändern Sie diese zuerst.
}
problem-in-use = { $field }: Das lässt sich nicht mehr ändern, denn der Standort hat Benutzer oder Rufnummern.
problem-number-assigned = Diese Rufnummer ist vergeben. Ändern oder löschen Sie zuerst den Benutzer.
problem-number-reserved = Diese Rufnummer ist reserviert. Geben Sie sie zuerst frei.
problem-number-is-main = Diese Rufnummer ist die Hauptnummer des Standorts. Wählen Sie zuerst eine andere.
problem-last-administrator = Das ist der letzte Unternehmensadministrator. Fügen Sie zuerst einen anderen hinzu.
problem-oneself = Sie können sich weder selbst entfernen noch die eigene Rolle ändern. Bitten Sie einen anderen Administrator.
problem-invalid-day = { $field }: Das ist kein Tag. Geben Sie ihn ein wie 2026-11-23.
