# Items and decisions

item-new = New item
item-more = More details
item-submit = Submit for review
item-save = Save the draft
item-missing = Before it can be submitted, still missing:
item-complete = Everything is there: the item can be submitted.
item-declined-because = Declined, for this reason:
item-licence = Licence:
item-licence-field = Licence of this item
item-licence-hint = Where nothing is chosen, the service’s own applies.
item-language = Language
item-report = Report an error
item-permalink = Permanent link
item-related = On the same subject, near here
entry-public = See the public page
entry-decide = Decide
entry-history = History
history-empty = Nothing has happened yet.
diff-title = What the correction changes
diff-none = No field changes.
decide-publish = Publish
decide-submit = Submit for review
decide-edit = Edit
decide-decline = Decline…
decide-decline-now = Decline for this reason
decide-withdraw = Withdraw…
decide-withdraw-now = Withdraw the item
decline-reasons = Common reasons
decline-reason = Reason, or more detail
decline-hint = The author reads it as it is: say what has to be corrected.
withdraw-meaning = The item leaves the sites, and a withdrawal is sent to everybody who received it.
withdraw-reason = Reason of the withdrawal
work-hello = Hello { $name }
work-queue = { $count ->
        [one] { $count } item waits for your decision
       *[other] { $count } items wait for your decision
    }
work-create = Write
work-declined = To rework
work-drafts = Drafts
work-submitted = Waiting for review
work-published = Published lately
