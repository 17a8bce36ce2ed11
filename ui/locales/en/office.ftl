# Back office: words used everywhere, my work, sites

saved = Saved.
answer-yes = yes
answer-no = no
somebody = Somebody else
the-node = the node
days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
span-days = from { $from } to { $until }
place-department = département
place-region = région
place-epci = intercommunality
place-several = Several places have this name: tick the right one below.
place-unknown = Unknown place: “{ $text }”. Check the spelling, or type a postal code.
source-received = received from { $node }
source-imported = imported
correction-waits = A correction waits to be read.
correction-draft = A correction was begun and not submitted yet.
correction-declined = Correction declined: { $reason }
work-in = { $what } in “{ $service }”
work-nothing = Nothing in hand
work-nothing-hint = Write a first item: a title is enough to save it.
work-no-service = You do not write in any service yet
work-no-service-yet = This node has no service yet
work-no-service-make = A service is a stream of items of one type. Begin with an agenda or with news.
site-address = Address
site-create = Create the site
site-new-intro = A title is enough; the rest can be set later.
site-made = The site “{ $title }” is ready. Add a section to it.
site-restricted = Restricted
sites-none = No site yet
sites-none-hint = It takes a minute: a title, a colour, then the services to show.
placements-none = This site is still empty
placements-none-hint = Add a section: a service, and what of it is to be shown.
placement-shows = This section shows the service “{ $service }”.
placement-made = The section “{ $title }” was added.
placement-removed = The section “{ $title }” was taken off the site. Its items stay in their service.
filter-everything = All that the service publishes.
filter-by-theme = Theme { $themes }.
filter-by-place = Territory: { $places }.
filter-by-both = Theme { $themes }; territory: { $places }.
draft-found = Text that you had not saved was found again.
draft-forget = Go back to the saved version
