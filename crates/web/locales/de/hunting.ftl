reachability-hunts = Die Mitglieder von { $who } klingeln, soweit sie frei sind.
reachability-group-busy = { $who } ist besetzt: Der Anruf wird weitergeleitet.
reachability-nobody-there = Bei { $who } kann niemand klingeln: Der Anruf wird weitergeleitet.
reachability-no-rings = { $who } leitet jeden Anruf sofort weiter.
unreachable-group-busy = Nicht erreichbar: Der Sammelanschluss ist besetzt.
unreachable-group = Nicht erreichbar: Beim Sammelanschluss kann niemand klingeln.
why-group-busy = Anrufende hören das Besetztzeichen: Der Sammelanschluss ist besetzt.
why-nobody-there = Der Anruf endet: Beim Sammelanschluss kann niemand klingeln.
