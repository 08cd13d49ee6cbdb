reachability-queues = { $who } nimmt den Anruf an: Er wartet in der Warteschlange, bis ein Agent frei ist.
