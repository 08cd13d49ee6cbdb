group-calls-title = Anrufe – { $name }
group-calls-lead = Was die Gruppe geleistet hat, und jeder Anruf mit seinem Weg: wo es klingelte, wer annahm, wie er endete.
group-calls-open = Anrufe und Bericht
group-calls-figures = Kennzahlen
group-calls-members = Mitglieder
group-calls-each = Jeder Anruf
group-calls-none = Keine Anrufe in diesem Zeitraum
group-calls-answered-by = Angenommen von
group-calls-outcome = Ergebnis
group-calls-way = Weg
group-calls-offers = { $count ->
    [0] Bei niemandem geklingelt
    [one] Einmal angeboten
   *[other] { $count }-mal angeboten
}
group-calls-sheet = Anrufe als CSV
group-calls-members-sheet = Mitglieder als CSV
group-calls-rung = Geklingelt
group-calls-taken = Angenommen
group-calls-not-taken = Nicht angenommen
group-calls-talked = Gesprächszeit
group-calls-elsewhere = Jemand von einem anderen Standort
