# Sites and public pages

home-title = Home
home-all = See all
home-section-empty = Nothing at the moment.
search-label = Search for a word, a municipality, a postcode
search-button = Search
follow-title = Follow this list
follow-feeds = In a feed reader:
follow-account = From a Mastodon or Mobilizon account, or another node:
facet-themes = Themes
facets-more = { $count ->
        [one] { $count } more
       *[other] { $count } more
    }
filters-active = Active filters
filter-remove = (remove this filter)
filters-clear = Remove all
filters-open = Filter
filters-title = Narrow down
filters-close = Back to the list
node-sites = Sites
node-services = Follow what we publish
site-new = New site
site-open = Open the site
site-edit = Change the site
site-about = About
site-placements = Sections
site-sections = { $count ->
        [one] { $count } section
       *[other] { $count } sections
    }
site-field-title = Title of the site
site-field-intro = Introduction
site-intro-hint = Two sentences on top of the home page: whom the site is for, what is found there.
site-field-kind = Kind of site
site-kind-consultation = Site for visitors
site-kind-consultation-hint = Open to the public.
site-kind-workshop = Workshop
site-kind-workshop-hint = For professionals with an account only.
site-field-accent = Colour
site-accent-hint = It is made darker or lighter where it is hard to read.
site-slug-hint = Plain letters, digits and hyphens. Leave empty to take it from the title.
placement-new = Add a section
placement-service = Service to show
placement-service-hint = A service of this node or a followed one.
placement-title = Title of the section
placement-title-hint = Leave empty for the service’s name.
placement-order = Order
order-usual = The usual order of this kind of service
order-newest = Latest first
order-upcoming = Next dates first
order-title = By title
placement-up = Move up
placement-down = Move down
placement-remove = Take off the site
site-field-host = Host name of the site
site-host-hint = Optional, such as emploi-nevers.fr. Have the name lead to the server first, with a certificate; the pages of the site then answer there too.
