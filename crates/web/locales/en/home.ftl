home-title = Overview
home-greeting = Good to see you, { $name }
home-sites-title = Sites
home-site-users = { $count ->
    [one] { $count } user
   *[other] { $count } users
}
home-site-pending = { $count } pending
home-site-failed = { $count } failed
home-site-all-active = All users are active
home-licences-title = Licences
home-users-of-site = Users in { $site }
home-add-user = Add user
home-operator-waiting = { $count ->
    [0] No user is waiting for activation
    [one] { $count } user is waiting for activation
   *[other] { $count } users are waiting for activation
}
home-operator-failed = { $count ->
    [0] No activation has failed
    [one] { $count } activation has failed
   *[other] { $count } activations have failed
}
home-operator-queue = Open the activation queue
home-operator-enterprises = { $count ->
    [one] { $count } enterprise
   *[other] { $count } enterprises
}
home-operator-enterprises-open = Open the enterprises
home-user-number = Your phone number
home-user-extension = Your extension
home-user-phone = Your desk phone
home-user-details = Your data
home-user-pending = You can already make calls. Calls reach you as soon as your number has been activated; you need not do anything for that.
home-user-failed = Your number could not be activated yet. You can make calls, but calls do not reach you. Please talk to your administrator.
