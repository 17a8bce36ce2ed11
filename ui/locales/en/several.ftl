# Deciding on several items

queue-several = Decide on several items
several-intro = Tick the items that you have read. Each is dealt with by itself: what is wrong with one does not stop the others.
several-which = Items that wait
several-read = Read
several-reason = Reason, to decline
several-reason-hint = The same for every ticked item; each person will read it.
several-publish = Publish the ticked items
several-decline = Decline the ticked items
several-none = Tick at least one item.
several-no-reason = Write the reason: those who wrote these items have to know what to change.
several-outcomes = What was done
several-published = Published.
several-declined = Declined.
several-not-done = Nothing was done
several-gone = This item is no longer there.
several-failed = Something went wrong: try again.
several-nothing = Nothing waits for a decision.
