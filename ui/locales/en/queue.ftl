# Moderation queue

queue-keys = Keyboard:
queue-keys-move = move
queue-keys-publish = publish
queue-keys-decline = decline
queue-keys-help = help
queue-filters = Filter the queue
queue-list = Waiting items
queue-late = (late)
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
