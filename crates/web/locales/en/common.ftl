# What every page carries.
page-title = { $title } – Klinke
page-title-error = Error: { $title } – Klinke
page-skip = Skip to content
page-tagline = The open telephone system
nav-label = Main
nav-home = Overview
nav-users = Users
nav-calls = Calls
nav-activity = Activity
nav-activation = Activation
nav-activation-waiting = { $count ->
    [one] { $count } user is waiting
   *[other] { $count } users are waiting
}
nav-enterprises = Enterprises
nav-path = You are here
language-label = Language
account-label = Account of { $name }
account-log-out = Log out
role-operator = Operator
role-enterprise-admin = Enterprise administrator
role-site-admin = Site administrator
role-user = User
error-summary = { $count ->
    [one] There is a problem
   *[other] There are { $count } problems
}
error-prefix = Error:
field-choose = Please choose
action-cancel = Cancel
action-save = Save
action-change = Change
action-copy = Copy
action-copied = Copied
state-pending = Pending
state-activated = Activated
state-failed = Failed
live-user-state = { $name } is now: { $state }
live-user-phone = { $name }: { $sentence }
live-on = Updates by itself
live-pause = Pause updates
live-resume = Resume updates
live-paused = Updates are paused
pager-label = Pages
pager-previous = Previous page
pager-next = Next page
stock-free = { $free } of { $total } free
stock-none = None of { $total } free
stock-low = Running low
stock-used-up = Used up
stock-numbers = Phone numbers
nothing = None
answer-yes = Yes
answer-no = No
