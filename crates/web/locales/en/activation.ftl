# How an activation goes on, and asking the operator about one that has failed.
activation-next = What happens next: { $step }
activation-next-attempt = next attempt on { $at }
activation-next-operator = waiting for the operator since { $at }
activation-next-carrier = waiting for the carrier since { $at }
activation-reminder = Reminder: { $at }
activation-reminded = Still waiting; reminded on { $at }
activation-last-error = Last error:
activation-filter-all = All
activation-filter-longer = Waiting longer than
activation-filter-any = Any time
activation-filter-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
activation-filter-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
activation-none-title = Nobody is waiting like that
activation-none-text = Choose something else, or clear the filter.
activation-fail-choice = Choose a reason
activation-cancel-user-label = Cancel the order for { $name }
activation-cancel-title = Cancel the order for { $name }?
activation-cancel-lead = { $name } was never active. This is what happens:
activation-cancel-user = { $name } is removed with everything that was entered.
activation-cancel-carrier = The carrier is told nothing: an order that it has already must be cancelled there.
activation-asked = Asked on { $at } by { $name }
activation-ask-title = Ask the operator
activation-ask-text = The operator sees your request first and can try again, or cancel the order, which frees the number and the licence.
activation-ask-label = Message (optional)
activation-ask-hint = At most 500 characters. Do not write passwords.
activation-ask-submit = Ask the operator
activation-ask-done = The operator has been asked.
activation-ask-before = The operator has been asked within the last day already; that request stays. You can ask again tomorrow.
failure-porting-unconfirmed = The porting of the phone number is not confirmed yet.
failure-contract-missing = The contract for the phone number is missing.
failure-carrier-unreachable = The carrier could not be reached for a day.
failure-carrier = The carrier says: { $text }
journal-user-activation-requested = Operator asked about the activation
journal-actor-carrier = The carrier
field-message = Message
