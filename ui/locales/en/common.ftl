# Common words

skip-to-content = Skip to content
other-language = Français
other-language-code = fr
colon = :
count-items = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
count-items-over = more than { $count } items
age-now = just now
age-minutes = { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
age-hours = { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
age-days = { $count ->
        [one] yesterday
       *[other] { $count } days ago
    }
age-months = { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
age-years = { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }
age-brief-minutes = { $count } min
age-brief-hours = { $count } h
age-brief-days = { $count } d
age-brief-months = { $count } mo
age-brief-years = { $count } y
unit-days = days
language-fr = French
language-en = English
licence-none = No licence stated
licence-etalab = Open Licence 2.0 (Etalab)
licence-cc-by = Creative Commons Attribution 4.0 (CC BY)
licence-cc-by-sa = Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA)
licence-cc0 = Public domain (CC0)
paging = Pages of the list
paging-previous = Previous page
paging-next = Next page
paging-of = page { $page } of { $pages }
paging-page = page { $page }
nav-office = Back office
nav-site = Sections
nav-trail = You are here
nav-work = My work
nav-queue = To moderate
nav-waiting = waiting
nav-services = My services
nav-sites = Sites
nav-federation = Federation
nav-settings = Settings
log-out = Log out
log-in-team = Team log-in
footer-node = Published by { $node } with Maillage, the network of local employment centres.
origin-published = Published by { $publisher }, { $when }
origin-received = received from { $node }
origin-announced = passed on by { $node }
origin-updated = corrected: { $when }
origin-by = From { $publisher }
