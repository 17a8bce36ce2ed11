# Settings

settings-organisations = Organisations
settings-accounts = Accounts
settings-tokens = Access tokens
organisation-new = New organisation
organisation-name = Name of the organisation
organisation-name-hint = The name the public sees beside its items.
organisation-territory = Territory
organisation-website = Website
organisation-accounts = { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }
account-new = New account
account-create = Create the account
account-organisation = Organisation
account-password = Password
account-password-hint = At least twelve characters; hand it over in person, it can be changed afterwards.
account-password-keep = Leave empty to keep the current one.
account-administrator = Administers the node
account-administrator-hint = May set everything: accounts, sites, federation.
account-disable = Account closed
account-disable-hint = The person is logged out at once; what they published stays.
account-disabled = closed
tokens-intro = A token lets a program act in your name through the interface /api/v1, with your rights.
token-fresh = Token “{ $name }” created.
token-once = Copy it now: it is never shown again.
token-created = created:
token-used = last used:
token-unused = never used
token-revoke = Revoke…
token-revoke-meaning = Programs that use it can no longer connect.
token-revoke-now = Revoke the token
token-new = New token
token-name = What is it for?
token-name-hint = For example “synchronisation of the training database”.
token-create = Create the token
settings-password = My password
organisations-none = No organisation
organisation-made = The organisation “{ $name }” was added.
organisation-changed = The organisation “{ $name }” was saved.
accounts-none = No account
account-role = { $role }: { $services }
account-made = The account of { $name } was made. Now give it a role in a service.
account-made-on = made on
account-changed = The account of { $name } was saved.
password-intro = You sign in with the address { $email }.
password-present = Present password
password-new = New password
password-change = Change the password
password-changed = Your password was changed. Other devices have to sign in again.
tokens-none = No token
tokens-none-hint = A program that has to read or write here in your name needs one.
token-revoked = The token was revoked.
settings-node = This node
settings-node-intro = The name that pages, feeds and services of this node bear. Whoever follows a service hears the new name; items already published keep that of their organisation until they are next corrected.
node-changed = This node is now called “{ $name }”.
