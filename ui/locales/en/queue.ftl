# Moderation queue

queue-keys = Keyboard:
queue-keys-move = move
queue-keys-publish = publish
queue-keys-decline = decline
queue-keys-help = help
queue-filters = Filter the queue
queue-list = Waiting items
queue-late = { $count ->
        [one] { $count } day late
       *[other] { $count } days late
    }
queue-due = { $count ->
        [one] within { $count } day
       *[other] within { $count } days
    }
queue-due-today = due today
queue-back = Back to the queue
queue-next = Next item
keys-title = Keyboard shortcuts
keys-enter-name = Enter
keys-move = next item, previous item
keys-open = open the item
keys-publish = publish the open item
keys-decline = decline the open item
keys-next = go to the next without deciding
keys-on = Single-key shortcuts active on this device
keys-close = Close
queue-all = All
queue-own = Written here
queue-received = Received
queue-corrections = Corrections
queue-new = new
queue-correction = correction
queue-kind-correction = { $kind }, correction of a published item
queue-empty = Nothing left to read
queue-empty-hint = Everything is decided. The next items will appear here.
queue-empty-so = Nothing of this kind waits
queue-empty-so-hint = Look at the other parts of the queue.
queue-not-yours = You do not moderate any service
queue-not-yours-hint = Reading and publishing takes a role in a service: its manager can give it to you.
held-by-trust = Held to be read: the subscription to “{ $title }” is set to “Read first”.
held-by-rule = Held to be read by an exception of the subscription: what { $condition }.
