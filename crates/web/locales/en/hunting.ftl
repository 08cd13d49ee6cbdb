reachability-hunts = The members of { $who } ring, as long as they are free.
reachability-group-busy = { $who } is busy: the call is forwarded.
reachability-nobody-there = Nobody of { $who } can be rung: the call is forwarded.
reachability-no-rings = { $who } forwards every call at once.
unreachable-group-busy = Cannot be called: the hunt group is busy.
unreachable-group = Cannot be called: nobody of the hunt group can be rung.
why-group-busy = The caller hears that the line is busy: so is the hunt group.
why-nobody-there = The call ends: nobody of the hunt group can be rung.
