# Federation

federation-subscriptions = Subscriptions
federation-followers = Followers
federation-deliveries = Deliveries
subscription-new = Follow a service
subscription-address = Address of the service
subscription-address-hint = For example @agenda@mef-yonne.example, or the address of its page.
subscription-service = Put what arrives into
subscription-service-hint = One of your services; its moderators see what waits.
subscription-trust = Trust
trust-hold = Review first
trust-hold-hint = Each item waits in “To moderate”.
trust-publish = Publish at once
trust-publish-hint = Items appear on your sites without review.
trust-announce = Publish and pass on
trust-announce-hint = Items are also passed on to your own followers.
subscription-filter = Take only a part
subscription-filter-intro = Without an answer, everything is taken. With several answers, an item has to fit each; within one answer, a single value is enough.
filter-themes = Themes
filter-territories = Territories
filter-territories-hint = All that lies inside counts: a département includes its municipalities.
filter-centre = Around
filter-radius = Within
filter-types = Types of items
filter-keywords = Words
filter-keywords-hint = Separated by commas; one is enough.
filter-from = From
filter-until = Until
subscription-into = into { $service }
subscription-taken = items published: { $count }
subscription-waiting = to be read: { $count }
subscription-left = left aside: { $count }
subscription-last = last exchange:
subscription-never = no exchange yet
subscription-stop = Stop following…
subscription-stop-meaning = Nothing will arrive from this service any more. Items already published here are taken off your sites.
subscription-stop-now = Stop following this service
follower-requests = Waiting requests
follower-node = another node
follower-account = fediverse account
follower-of = follows { $service }
follower-accept = Accept
follower-reject = Refuse
follower-remove = Remove
delivery-states = Deliveries by state
delivery-attempts = { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
delivery-answer = last answer: { $answer }
delivery-next = next attempt:
delivery-retry = Try again
rule-everything = Everything that arrives { $outcome }.
rule-part = What { $condition } { $outcome }; the rest is left out.
rule-exception = Except: what { $condition } { $outcome }.
outcome-ignore = is left out
outcome-hold = waits for review
outcome-publish = is published at once
outcome-announce = is published at once and passed on to our followers
rule-always = arrives
rule-and = and
rule-or = or
rule-not = is not in “{ $condition }”
rule-theme = has the theme “{ $name }”
rule-held = takes place here: { $place }
rule-publisher = is published from: { $place }
rule-eligible = is for the residents of: { $place }
rule-anywhere = concerns: { $place }
rule-radius = takes place within { $km } km of { $place }
rule-no-place = states no place
rule-type = is of the type “{ $name }”
rule-keyword = contains “{ $words }”
rule-language = is in { $name }
rule-dates = is dated between { $from } and { $until }
rule-from = is dated from { $from }
rule-until = is dated before { $until }
rule-dated = has a date
relation-held = Where it is held
relation-publisher = Where it is published from
relation-eligible = Whom it is for
relation-any = Any of these
filter-relation = What has to lie in these territories
filter-placeless = Also take what names no place
filter-placeless-hint = Without effect where no territory and no distance is asked.
filter-radius-wrong = Write a number of kilometres between 0.1 and 2,000.
filter-radius-missing = Within how many kilometres?
filter-centre-missing = Around which municipality?
filter-date-wrong = Write a date, such as 2026-03-03.
filter-dates-crossed = This date is before the other.
subscription-exceptions = Exceptions
subscription-exceptions-intro = The first exception that fits decides instead of the level of trust. An exception left blank does not count.
exception-then = Exception { $number }: what arrives
exception-theme = … when the theme is
exception-territory = … and it is held here
decision-ignore = is left out
decision-hold = waits to be read
decision-publish = is published at once
decision-announce = is published and passed on to our followers
rules-more = Add an exception
rules-try = Try these rules
rules-foreign = These rules were written by a program, and this form cannot show them. Saving keeps them as they are; only the trust can be changed here.
trial-title = { $count ->
        [one] Trial on { $count } received item
       *[other] Trial on the last { $count } received items
    }
trial-nothing = Nothing has arrived by this subscription yet.
trial-more = { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
trial-hint = Nothing changes until you save.
tried-announce = published and passed on
tried-publish = published at once
tried-hold = to be read
tried-ignore = left out
subscriptions-none = You do not follow any service yet
subscriptions-none-hint = Follow the agenda of a neighbouring département: its items will wait for your approval.
subscription-made = You have asked to follow { $handle }. As soon as it accepts, its latest items arrive.
subscription-changed = The rules are saved; what had arrived is decided on again.
subscription-ended = You no longer follow “{ $title }”.
follow-local = service of this node
follow-well = followed
follow-pending = waits for the answer of { $node }
follow-rejected = refused by { $node }
follow-blocked = { $node } is blocked here
follow-gone = this service no longer exists
follow-silent = { $node } does not answer, { $since }
followers-none = Nobody follows your services yet
followers-none-hint = Give the address of a service to a partner: it is on the page of the service.
follower-asks = asks
follower-accepted = accepted
follower-gone = gone
follower-was-accepted = Accepted: the next items will be sent.
follower-was-rejected = Refused: nothing more will be sent.
delivery-due = Under way
delivery-parked = Paused
delivery-delivered = Arrived
delivery-refused = Refused
delivery-gone = Recipient gone
delivery-given-up = Given up
delivery-is-due = waiting
delivery-is-retried = will be tried again
delivery-is-parked = paused: the server does not answer
delivery-is-delivered = arrived
delivery-is-refused = refused by the recipient
delivery-is-gone = recipient gone
delivery-is-given-up = given up
delivery-about = { $what }: { $title }
delivery-no-answer = no answer ({ $error })
delivery-retried = The delivery is tried again at once.
deliveries-arrived = { $count ->
        [one] { $count } delivery has arrived
       *[other] { $count } deliveries have arrived
    }
deliveries-well = { $arrived }; none is waiting.
deliveries-under-way = { $arrived }; { $due } are on their way.
deliveries-waiting = { $arrived }; { $waiting } wait for a server to answer.
deliveries-none = Everything has arrived
deliveries-none-so = No delivery in this state
activity-create = Publication
activity-update = Correction
activity-delete = Withdrawal
activity-announce = Passing on
activity-follow = Request to follow
activity-accept = Acceptance of a follower
activity-reject = Refusal of a follower
activity-undo = Taking back
region-title = Partners
region-own = our node
partner-well = all is well
partner-waits = waits for an answer
partner-silent = does not answer
partner-refuses = refuses to be followed by us
partner-blocked = blocked here
partner-follows = { $count ->
        [one] we follow { $count } service there
       *[other] we follow { $count } services there
    }
partner-followed = { $count ->
        [one] follows { $count } of our services
       *[other] follows { $count } of our services
    }
partner-accounts = { $count ->
        [one] and { $count } account of the fediverse follows us
       *[other] and { $count } accounts of the fediverse follow us
    }
