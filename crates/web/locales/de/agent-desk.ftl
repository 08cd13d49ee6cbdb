# Platz eines Agenten: wer wartet, der eigene Anruf, Gründe am Telefon
agent-desk-waiting = Wartende Anrufer
agent-desk-next-waited = Der nächste wartet seit
agent-desk-call-waited = Dieser Anrufer hat gewartet
agent-desk-rings = Klingelt bei Ihnen: { $caller }
agent-desk-talks = Sie sprechen mit { $caller }
agent-desk-code = { $code } – { $dialled }
agent-desk-code-hint = Was hinter einem Grund steht, wählen Sie dafür am Telefon.
