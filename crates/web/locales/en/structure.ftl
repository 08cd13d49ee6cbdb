# Structure: enterprises, sites, departments, numbers, administrators; reports and the way to the network.
nav-reports = Reports
nav-trunk = Carrier trunk
structure-actions = Actions
question-final = This cannot be undone.
sheet-save = Save as CSV
department-all = All departments
department-list-title = Departments: { $site }
department-list-lead = Departments divide a site. Each can be part of another one.
department-list-empty-title = No departments yet
department-list-empty-text = Add the first one below.
department-list-users = Users in it
department-add = Add department
department-top = None – top level
department-delete = Delete
department-form-title = Change department: { $path }
department-form-lead = When you move the department, everything that belongs to it moves too.
department-form-parent-hint = A department cannot become part of itself.
department-delete-title = Delete department { $path }?
department-delete-users-up = { $count ->
    [0] Nobody is in this department itself.
    [one] { $count } user moves to the department { $parent }.
   *[other] { $count } users move to the department { $parent }.
}
department-delete-users-none = { $count ->
    [0] Nobody is in this department itself.
    [one] { $count } user will have no department.
   *[other] { $count } users will have no department.
}
department-delete-parts-up = { $count ->
    [one] Its part becomes part of { $parent }.
   *[other] Its { $count } parts become parts of { $parent }.
}
department-delete-parts-top = { $count ->
    [one] Its part moves to the top level.
   *[other] Its { $count } parts move to the top level.
}
department-delete-submit = Delete department { $path }
department-delete-keep = Keep department
enterprise-basics = General
enterprise-change-open = Change enterprise
enterprise-change-title = Change enterprise
enterprise-change-country-hint = It decides how times and numbers are shown. The countries of the sites stay.
enterprise-change-extensions-hint = Two to six digits are allowed. Lengths that extensions in use would break are not possible.
enterprise-extensions = Extensions
enterprise-extensions-text = { $min } to { $max } digits; the last { $usual } of the number are suggested
site-change-open = Change site
site-change-title = Change site: { $name }
site-change-country = The country can be changed only while the site has neither users nor numbers.
site-users-open = See all
site-numbers-open = All numbers
site-numbers-title = Phone numbers: { $site }
site-numbers-search = Number or name
site-numbers-holder = Assigned to
site-numbers-none = No number matches.
site-numbers-empty = This site has no numbers yet.
site-usage = Licences at this site
site-usage-none = Nobody uses a licence here yet.
site-departments = Departments
site-departments-open = Manage departments
site-departments-count = { $count ->
    [0] This site has no departments yet.
    [one] { $count } department
   *[other] { $count } departments
}
site-activity = Activity at this site
number-free = Free
number-assigned = Assigned
number-reserved = Reserved
number-reserve = Reserve
number-reserve-this = Reserve { $number }
number-release = Release
number-release-this = Release { $number }
number-remove = Remove
number-remove-title = Remove number { $number }?
number-remove-fact = The number will no longer belong to the site { $site } and cannot be given to anybody.
number-remove-again = It can be imported again later, here or at another site.
number-remove-submit = Remove number { $number }
number-remove-keep = Keep number
administrator-change-title = Change administrator: { $name }
administrator-remove-section = Remove administrator
administrator-remove-text = Whoever is removed can no longer log in. Open sessions end at once.
administrator-remove = Remove administrator
administrator-remove-title = Remove administrator { $name }?
administrator-remove-access = { $name } is logged out at once and can no longer log in.
administrator-remove-log = What { $name } has done stays in the activity log.
administrator-remove-submit = Remove administrator { $name }
administrator-remove-keep = Keep administrator
administrator-oneself = This is you. Your role and your sites are changed by another administrator.
activity-from = From
activity-until = Until
activity-any = Everything
activity-none = No entry matches.
usage-open = Licence use
usage-title = Licence use
usage-lead = What { $enterprise } holds, and at which site it is used.
usage-sites = By site
report-title = Users and services
report-lead = Who has what, at which site and in which department.
report-place = Site
report-licences = Package and services
report-phone = Phone
sheet-product = Licence
sheet-held = Held
sheet-used = Used
sheet-on-behalf = On behalf of
trunk-title = Carrier trunk
trunk-lead = The way to the public telephone network, as the configuration says.
trunk-again = Refresh
trunk-none-title = No trunk is set up
trunk-none-text = Without the section [trunk] in the configuration there are only calls inside Klinke.
trunk-registered = Registered at the carrier
trunk-unregistered = Not registered at the carrier
trunk-reachable = The carrier’s address is known
trunk-unreachable = The carrier’s name cannot be looked up
trunk-error = Last refused with { $code }.
trunk-error-silence = Last time no answer came ({ $code }).
trunk-error-no-way = Last time there was no way to the carrier ({ $code }).
trunk-now = Now
trunk-calls = { $count ->
    [0] No call is going over the trunk
    [one] { $count } call is going over the trunk
   *[other] { $count } calls are going over the trunk
}
trunk-configured = Settings
trunk-address = Address
trunk-transport = Transport protocol
trunk-domain = Domain
trunk-peer = Looked up as
trunk-trusted = Calls accepted from
trunk-username = Username
trunk-no-username = None; the carrier knows us by our address
trunk-registration = Registration
trunk-registration-as = As { $user }, every { $seconds } seconds
trunk-no-registration = Not asked for
journal-department-changed = Department changed
journal-department-deleted = Department deleted
journal-number-reserved = Number reserved
journal-number-released = Number released
journal-number-removed = Number removed
journal-administrator-changed = Administrator changed
journal-administrator-removed = Administrator removed
field-parent = Part of
field-extension-min = At least (digits)
field-extension-max = At most (digits)
field-extension-default = Suggested (digits)
field-actor = Who
field-action = What
field-from = From
field-until = Until
problem-inside-itself = A department cannot be part of itself or of its own parts. Choose another one.
problem-too-deep = At most { $max } levels are possible. Choose a department further up.
problem-too-many = At most { $max } are possible. Delete something first.
problem-extensions-in-use = { $count ->
    [one] { $count } extension in use has another length. Change it first.
   *[other] { $count } extensions in use have another length. Change them first.
}
problem-in-use = { $field }: This cannot be changed any more, because the site has users or numbers.
problem-number-assigned = This number is assigned. Change or delete the user first.
problem-number-reserved = This number is reserved. Release it first.
problem-number-is-main = This number is the site’s main number. Choose another one first.
problem-last-administrator = This is the last enterprise administrator. Add another one first.
problem-oneself = You can neither remove yourself nor change your own role. Ask another administrator.
problem-invalid-day = { $field }: This is not a day. Enter it like 2026-11-23.
