# New login details for many users at once.
user-list-select = Selection
user-list-select-user = Select { $name }
user-list-selected = Selected:
user-list-select-all = { $found ->
    [one] Select the one user that matches
   *[other] Select all { $found } that match
}
user-list-renew = New login details
renewal-title = New login details for several users?
renewal-part = { $count ->
    [0] Nobody can get new login details.
    [one] { $count } user gets new login details for the desk phone.
   *[other] { $count } users get new login details for the desk phone.
}
renewal-skipped = { $count ->
    [one] { $count } user is skipped:
   *[other] { $count } users are skipped:
}
renewal-skipped-more = { $count ->
    [one] and { $count } other
   *[other] and { $count } others
}
renewal-old = The old login details stop working at once. A call that is going on is not cut.
renewal-once = You can fetch the result once, within 23 hours.
renewal-kind-label = Passwords
renewal-kind-generated = Make one each
renewal-kind-generated-note = Safer: who knows one password does not know the others.
renewal-kind-chosen = Set one for all
renewal-kind-chosen-note = Enter it below.
renewal-password-label = Password for all
renewal-password-hint = { $min } to { $max } characters: letters, digits and { $signs }. Only needed if you set one for all.
renewal-submit = { $count ->
    [one] Renew the login details of { $count } user
   *[other] Renew the login details of { $count } users
}
renewal-keep = Change nothing
renewal-unknown = Unknown user
outcome-waiting = Waiting
outcome-done = New login details
outcome-not-found = Skipped: not found
outcome-deleted = Skipped: deleted
outcome-no-desk-phone = Skipped: no desk phone
outcome-not-active = Skipped: not active yet
outcome-cancelled = Cancelled
outcome-replaced = There are newer login details by now
job-title = New login details
job-running = Running
job-done = Done
job-cancelled = Cancelled
job-progress-label = Progress
job-count = { $failed ->
    [0] { $done } of { $total }
    [one] { $done } of { $total }, { $failed } error
   *[other] { $done } of { $total }, { $failed } errors
}
job-announce = { $percent } % are done.
job-cancel = Cancel what is not done
job-refresh = Refresh
job-fetch = Fetch the result
job-result-ready = The new passwords lie ready under seal. You can fetch them once.
job-result-not-yet = The result is there as soon as all is done. You can leave this page and come back.
job-result-fetched = The result was fetched and deleted.
job-result-expired = The result was not fetched in time and is deleted.
job-result-nothing = Nobody has got new login details.
job-rows = What became of each
job-name = Name
job-outcome = Outcome
job-more = Show more
job-back = To the list of users
job-result-title = Fetch the result
job-result-lead = The file holds passwords and is given out only once. They are deleted here then.
job-result-format-label = File
job-result-format-xlsx = Excel workbook (.xlsx)
job-result-format-xlsx-note = For Excel and LibreOffice; all cells are text.
job-result-format-csv = CSV
job-result-format-csv-note = For programs. An apostrophe stands in front of phone numbers, so that spreadsheets do not change them.
job-result-password-label = Your password
job-result-password-hint = For your safety: the password with which you log in here.
job-result-submit = Download the file
job-result-after = After the download: back to the overview
job-result-gone-title = This result is not there any more
job-result-gone-text = The result can be fetched only once and only within 23 hours. If the file is lost, make new login details; the old ones stop working then.
job-result-gone-new = Select users and make new ones
job-result-gone-job = What became of each
export-file = login-details
export-name = Name
export-site = Site
export-number = Phone number
export-extension = Extension
export-phone = Desk phone
export-login = Login name
export-password = Password
export-server = Server
export-transport = Transport
export-outcome = Outcome
