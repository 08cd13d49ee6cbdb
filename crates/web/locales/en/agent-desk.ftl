# An agent's desk: who waits, the own call, reasons by phone
agent-desk-waiting = Callers waiting
agent-desk-next-waited = The next has waited
agent-desk-call-waited = This caller has waited
agent-desk-rings = Ringing at your phone: { $caller }
agent-desk-talks = You are talking to { $caller }
agent-desk-code = { $code } – { $dialled }
agent-desk-code-hint = What stands behind a reason is what you dial for it by phone.
