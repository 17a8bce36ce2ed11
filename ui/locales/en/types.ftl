# Types of services: references to other items, and what the passing of time makes of items.
field-reference-one = Title or address of the item
field-reference-add = Add items: titles or addresses, separated by semicolons
field-reference-several = Several items fit. Tick the right one.
reference-several = Several items fit: tick the right one, just below.
reference-unknown = No published item is called “{ $text }”. Check the title, or paste the address of the item.

order-deadline = By deadline

warning-archived = Archived
warning-to-check = To be checked
warning-filled = Filled
warning-on-hold = On hold
warning-provisional = Provisional

action-apply = Apply
action-document = Open the document
action-book = Book an appointment

age-archived = Archived since { $day }: it can still be read, but is no longer kept up to date.
age-to-check = To be checked since { $day }.
age-reminded = To be read again: reminder of { $day }.
age-hidden = Left out of first pages since { $day }.
age-erased = Content erased on { $day }.
age-confirm = All of it is still right
age-confirm-meaning = The days are counted anew: it counts as checked today.
age-confirmed = The item is checked.

history-confirmed = Checked
history-reminded = Reminder to the author
history-to-check = Marked “to be checked”
history-hidden = Left out of first pages
history-archived = Archived
history-erased = Erased

import-table = Download what is published, as the same table
