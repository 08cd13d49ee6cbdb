user-list-title = Users
user-list-title-site = Users in { $site }
user-list-count = { $total ->
    [one] { $total } user
   *[other] { $total } users
}
user-list-found = { $found ->
    [one] { $found } of { $total } users found
   *[other] { $found } of { $total } users found
}
user-list-search-label = Search
user-list-search-hint = Name, number, extension or username
user-list-site-label = Site
user-list-site-all = All sites
user-list-state-label = State
user-list-state-all = All states
user-list-filter = Search
user-list-filter-clear = Show all
user-list-add = Add user
user-list-name = Name
user-list-number = Phone number
user-list-extension = Extension
user-list-package = Package
user-list-phone = Desk phone
user-list-state = State
user-list-empty-title = No users yet
user-list-empty-text = Add the first one: a number, a package and a name are all it takes.
user-list-none-title = Nobody matches
user-list-none-text = Try fewer letters, or show all users.
user-list-stock-title = Still free
choose-site-title = Where does the new user work?
choose-site-lead = A user belongs to one site and gets one of its phone numbers.
choose-site-numbers = { $count ->
    [0] No free phone number
    [one] { $count } free phone number
   *[other] { $count } free phone numbers
}
