# Hunt groups: fields, policies, journal, pages
field-policy = Policy
field-skip-after-rings = Next member after
field-no-answer-after = Forward after
field-no-answer-target = Forward when nobody answers
field-not-reachable-target = Forward when nobody can be reached
field-busy-target = Forward when busy
field-is-busy = Group busy
field-shows-name = Show the name of the group
field-allows-call-waiting = Also ring members who are on the phone
field-members = Members
problem-twice = Somebody is in the list twice. Keep one of the two entries.
journal-hunt-group-added = Hunt group added
journal-hunt-group-modified = Hunt group changed
journal-hunt-group-deleted = Hunt group deleted
journal-virtual-user-activated = Group activated
journal-virtual-user-failed = Activation of a group failed
journal-virtual-user-retried = Activation of a group tried again
journal-virtual-user-cancelled = Order cancelled, group removed
hunt-policy-circular = Circular
hunt-policy-regular = Regular
hunt-policy-simultaneous = Simultaneous
hunt-policy-uniform = Uniform (longest idle)
hunt-policy-weighted = Weighted
group-kind-hunt-group = Hunt group
group-kind-call-centre = Call centre
group-kind-pickup-group = Call pickup group
group-kind-park-group = Call park group
hunt-group-list-title = Hunt groups of { $site }
hunt-group-list-lead = A hunt group has one number that rings at its members, in the order that you choose.
hunt-group-list-empty-title = No hunt groups yet
hunt-group-list-empty-text = Add one to let a team answer a number together.
hunt-group-list-none = No hunt group matches the search.
hunt-group-list-search = Search
hunt-group-list-search-hint = Name, number or extension
hunt-group-list-all = Show all
hunt-group-add = Add hunt group
hunt-group-add-title = Add a hunt group to { $site }
hunt-group-lead = No licence is needed. The operator activates the number; members can be set already.
hunt-group-section-name = Name and number
hunt-group-section-calls = How calls are distributed
hunt-group-section-forwards = When nobody takes the call
hunt-group-name-hint = Unique at the site, at most 80 characters. Phones show it before the caller’s name.
hunt-group-number-hint = One of the site’s free numbers
hunt-group-extension-hint = Left empty, it is the end of the number.
hunt-group-department-none = No department
hunt-group-policy-regular = Always from the first member on
hunt-group-policy-circular = Begins after the member who took the last call
hunt-group-policy-simultaneous = Rings at all free members at once
hunt-group-policy-uniform = First whoever has had no call from this group for the longest time
hunt-group-policy-weighted = By share: save, then set a share for each member
hunt-group-rings-hint = 1 to 20 rings of six seconds. Left empty, nobody is skipped.
hunt-group-options = Further settings
hunt-group-busy-note = No member rings; callers hear the busy tone or are forwarded.
hunt-group-name-note = Phones show the group before the caller.
hunt-group-waiting-note = Otherwise they are passed over.
hunt-group-target-hint = An extension or a number; left empty, the call is not forwarded.
hunt-group-after-hint = 0 to 7200 seconds in all; left empty, 30.
hunt-group-members-lead = The order of the list counts for Circular and Regular. Forwards and voicemail of members never take a call of the group.
hunt-group-members-none = There are no members yet.
hunt-group-member = Member
hunt-group-order = Order
hunt-group-weight = Share
hunt-group-weight-of = Share of { $name }, 0 to 100
hunt-group-up = Up
hunt-group-up-name = Move { $name } up
hunt-group-down = Down
hunt-group-down-name = Move { $name } down
hunt-group-remove = Remove
hunt-group-remove-name = Remove { $name } from the group
hunt-group-find = Search for members
hunt-group-find-hint = Name, username, number or extension
hunt-group-find-submit = Search
hunt-group-found = Found
hunt-group-found-none = Nobody matches who is not in the group already.
hunt-group-add-member = Add { $name } to the group
hunt-group-add-member-short = Add
hunt-group-elsewhere = Member at another site
hunt-group-from-activation = From activation on
hunt-group-waiting = { $count ->
    [one] { $count } member is not active yet. The seat becomes live by itself on activation; until then it gets no calls.
   *[other] { $count } members are not active yet. Their seats become live by themselves on activation; until then they get no calls.
}
hunt-group-was-added = The hunt group was added. It is called as soon as the operator has activated the number.
hunt-group-was-saved = The hunt group was changed.
hunt-group-locked = Name, number and extension can be changed, and the group deleted, once it is active: the order for the number is still open at the operator. Members and settings can be changed already.
hunt-group-pending = This hunt group cannot be called yet: the operator has not activated the number.
hunt-group-delete = Delete hunt group
hunt-group-delete-title = Delete hunt group { $name }?
hunt-group-delete-number = The number { $number } is free at once and can be given out again.
hunt-group-delete-extension = The extension { $extension } is free as well.
hunt-group-delete-members = { $count ->
    [0] The group has no members.
    [one] { $count } member leaves the group and stays a user.
   *[other] { $count } members leave the group and stay users.
}
hunt-group-delete-forwards = These forwards to the group end:
hunt-group-delete-submit = Delete hunt group { $name }
hunt-group-delete-keep = Keep hunt group
site-hunt-groups = Hunt groups
site-hunt-groups-open = Manage hunt groups
site-hunt-groups-count = { $count ->
    [one] { $count } hunt group
   *[other] { $count } hunt groups
}
activation-groups-title = Hunt groups and call centres
activation-group-cancel-lead = { $name } was never active; it is removed with its settings. The members stay users.
user-groups-section = Groups
user-groups-none = This user is in no group.
