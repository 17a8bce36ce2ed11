# Signing in through an identity provider (OpenID Connect)

login-openid = Sign in with { $provider }
login-openid-not = { $provider } did not say who you are. Try again, or sign in with your password.
identities-title = Signing in without a password
identities-intro = These identities open your account. One that was removed is linked again when you sign in with it and it confirms your address.
identity-linked = linked:
identity-used = last used:
identity-unlink = Remove
identity-unlinked = The identity is removed.
audit-identity = Linked identity
