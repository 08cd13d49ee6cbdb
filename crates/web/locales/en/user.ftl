user-state-pending-title = Not active yet
user-state-pending-text = { $name } can make calls, but does not receive any until the operator has activated the number. This page shows it as soon as that happens.
user-state-failed-title = Activation failed
user-state-failed-reason = Reason: { $reason }
user-state-failed-whom = Whom to ask: { $contact }
user-now-active = { $name } is active now and receives calls.
user-now-active-show = Show what can be done now
user-locked = Until { $name } is active, the configuration cannot be changed and the user cannot be deleted: the order for the number is still open at the operator. Call services and groups can be set already.
user-edit = Change
user-delete = Delete user
user-person = Person
user-username = Username
user-email = Email address
user-site = Site
user-department = Department
user-language = Language
user-since = Added
user-number-section = Number and package
user-number = Phone number
user-extension = Extension
user-package = Package
user-services = Services
user-phone-section = Desk phone
user-phone-type = Type
user-phone-login = Login name
user-phone-state = Connection
user-phone-none = This user has no desk phone, and so no login details.
user-phone-new-login = New login details
user-mobile-section = Mobile
user-mobile-number = Mobile number
user-contract-number = Contract number
user-mobile-none = No mobile number is entered.
user-activity-section = Activity
user-activity-all = All activity of this user
user-danger-section = When somebody leaves
user-danger-text = Deleting frees the number and the licence and takes the user out of every group. You see everything that goes before you decide.
user-delete-title = Delete user { $name }?
user-delete-lead = This is what happens:
user-delete-number = The phone number { $number } is free at once and can be given to somebody else.
user-delete-phone = The desk phone { $phone } loses its connection at once. A call that is going on is not cut.
user-delete-login = The login details of the phone and the access to the portal stop working.
user-delete-account = The access to the portal stops working.
user-delete-licence = One licence { $package } becomes free.
user-delete-groups = { $count ->
    [one] { $name } leaves { $count } group:
   *[other] { $name } leaves { $count } groups:
}
user-delete-no-groups = { $name } is in no group.
group-hunt = Hunt group { $name }
group-agent = Call centre { $name }, as agent
group-supervisor = Call centre { $name }, as supervisor
group-pickup = Call pickup group { $name }
group-park = Call park group { $name }
user-delete-others = Also named { $name } until now; the entry goes:
user-delete-tell-title = These people might need to know
user-delete-tell = { $count ->
    [one] Send a message to this person
   *[other] Send a message to these { $count } people
}
user-delete-final = This cannot be undone.
user-delete-submit = Delete user { $name }
user-delete-keep = Keep user
user-contact = the operator of this telephone system
