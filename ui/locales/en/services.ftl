# Services

service-new = New service
service-create = Create the service
service-published = published: { $count }
service-to-review = { $count } to review
service-items = Items of the service
service-states = Items by state
service-search = Search this service
service-about = About
service-import = Import a file
service-edit = Change the service
service-members = Members
service-field-type = Type of service
service-field-title = Name of the service
service-field-purpose = What is it for?
service-purpose-hint = One or two sentences, read by the public and by partners.
service-slug-hint = Plain letters, digits and hyphens. Leave empty to take it from the name. It is also the address under which the service is followed; it does not change any more.
service-field-visibility = Who may see it?
visibility-public = Public
visibility-public-hint = Everybody, also from Mastodon and the rest of the fediverse.
visibility-network = Network
visibility-network-hint = Approved partner nodes, and nobody else.
visibility-private = Private
visibility-private-hint = Members of the service only.
service-charter = Charter
service-charter-intro = What the service promises to its readers and partners.
charter-moderators = Who reviews?
charter-moderators-hint = In words: “the information team”, without anybody’s name.
charter-delay = Time to answer
charter-licence = Licence of the items
charter-licence-hint = Without an open licence, partners cannot reuse the texts.
service-self-validation = Everybody may publish their own items
service-self-validation-hint = Better avoided: without this box, a second person always reviews.
service-follow = Follow this service
service-follow-how = Copy this address into the search of your Mastodon or Mobilizon account, or of another node, then choose “Follow”.
member-add = Add a member
member-remove = Remove
member-account = Account
member-account-hint = The person needs an account on this node.
member-role = Role
member-save = Add
role-contributor = Contributor
role-contributor-hint = Writes items and submits them.
role-moderator = Moderator
role-moderator-hint = Reviews, publishes, declines and withdraws.
role-manager = Manager
role-manager-hint = Sets the service: members, charter, subscriptions.
services-none = No service yet
services-none-make = A service is a stream of items of one type: agenda, news, training…
services-none-ask = Ask who administers the node, or a manager, to add you.
service-new-intro = A service is a stream of items of one type, with its members and its charter.
service-fixed = { $kind }. Address to follow: { $handle }. Type, address and visibility no longer change.
service-made = The service “{ $title }” is ready. Add members to it, or write a first item.
service-handle = Address to follow
service-review = Review
service-public-page = Public page
service-nothing = This service has no item yet
service-nothing-hint = Write the first one, or import a file.
service-nothing-so = No item in this state
service-nothing-found = Nothing contains “{ $words }”
service-nothing-found-hint = Try a shorter word, or another state.
state-all = All
state-drafts = Drafts
state-submitted = To be reviewed
state-published = Published
state-declined = Declined
state-withdrawn = Withdrawn
state-expired = Expired
state-ignored = Left out
member-given = { $name } is now { $role } of this service.
member-removed = { $name } is no longer a member of this service.
import-title = Import
import-intro = A feed (RSS, Atom, JSON Feed) or a table (CSV). Each row becomes an item to be read; imported again, the same file makes no duplicate.
import-file = File
import-file-hint = From a spreadsheet: “Save as”, format CSV.
import-address = Or the address of a feed
import-address-hint = Such as https://www.example.org/rss
import-dry-run = Only try
import-dry-run-hint = Says what would be done and saves nothing.
import-more = For every item
import-more-intro = What the file does not say.
import-places = Places
import-places-hint = For items that name none.
import-run = Import
import-done = Import of { $source }
import-would = Trial with { $source }
import-created = { $count ->
        [one] new
       *[other] new
    }
import-updated = { $count ->
        [one] updated
       *[other] updated
    }
import-unchanged = { $count ->
        [one] unchanged
       *[other] unchanged
    }
import-left-out = { $count ->
        [one] refused
       *[other] refused
    }
import-problems = Row by row
import-line = line { $line }
import-kept = to be checked
import-refused = refused
import-read = Read the imported items
import-nothing-written = Nothing was saved. Untick “Only try” to import.
import-columns = Which columns are understood?
import-model = Download an empty table with these columns
import-columns-intro = A first line names the columns; capitals and accents do not matter:
