# Mails to each person

settings-notices = Mails
notices-intro = What waits for you or concerns you can be written to { $email }: items to be read, answers, decisions, what is said in your workshops.
notices-no-mail = This node does not send mail yet: who administers it can set it up.
notices-pace = When to write to you?
notices-at-once = Without delay
notices-at-once-hint = Within a quarter of an hour, several things in one mail.
notices-daily = Once a day
notices-daily-hint = In the morning, where there is anything new.
notices-never = Never
notices-never-hint = Everything stays on your page “My work”.
notices-choose-it = Save this choice
notices-choose = Choose one of the three.
notices-chosen = Your choice is saved.
