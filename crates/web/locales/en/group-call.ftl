group-calls-title = Calls – { $name }
group-calls-lead = What the group has done, and every call with its way: who was rung, who took it, how it left.
group-calls-open = Calls and report
group-calls-figures = Figures
group-calls-members = Members
group-calls-each = Every call
group-calls-none = No calls in this period
group-calls-answered-by = Answered by
group-calls-outcome = Outcome
group-calls-way = Way
group-calls-offers = { $count ->
    [0] Nobody was rung
    [one] Offered once
   *[other] Offered { $count } times
}
group-calls-sheet = Calls as CSV
group-calls-members-sheet = Members as CSV
group-calls-rung = Rung
group-calls-taken = Taken
group-calls-not-taken = Not taken
group-calls-talked = Talk time
group-calls-elsewhere = Somebody at another site
