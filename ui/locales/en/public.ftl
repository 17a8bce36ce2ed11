# Pages for everybody.
setup-done = The node is ready. Begin with a service, then make a site that shows it.
logged-out = You are signed out.
login-kept = Your session ended while you were writing. Nothing is lost: sign in, your text is waiting for you.
resume-title = Your text is here
resume-intro = It was kept while you signed in again. Send it once more to go on.
resume-button = Go on
node-intro = Jobs, training, inclusion: what is on near you, read by a second person before it is published.
node-empty = No site yet
node-empty-text = Sites that are open to everybody will appear here.
node-empty-action = Make or complete a site
site-empty = This site shows nothing yet
site-empty-text = Its sections will appear here.
filter-words = Words: { $words }
filter-theme = Theme: { $name }
filter-place = Place: { $name }
facet-places = Territories
search-results = Results
search-everything = All that is published here
list-nothing-found = Nothing matches
list-nothing-found-text = Remove a filter, or look for a more general word.
list-empty = Nothing yet
list-empty-text = What is published next will appear here.
item-withdrawn = This item was withdrawn by the service that had published it.
action-read = Read the article
action-register = Register or learn more
action-more = Learn more
warning-cancelled = Cancelled
warning-postponed = Postponed
warning-full = Full
warning-over = Over
search-meant-place = “{ $words }” was taken for a place.
search-as-words = Search for the word instead
search-places = Did you mean the place:
search-wider = Around it:
open-graph-locale = en_GB
error-maybe-reserved = It may be for people with an account only.
list-undated = Without a date
list-under-way = Under way
action-on = on { $host }
when-others = { $count ->
    [one] (and another date)
   *[other] (and { $count } other dates)
}
