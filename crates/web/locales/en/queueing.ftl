reachability-queues = { $who } takes the call: it waits in the queue until an agent is free.
