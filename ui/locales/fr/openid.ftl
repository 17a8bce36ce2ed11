# Connexion par un fournisseur d’identité (OpenID Connect)

login-openid = Se connecter avec { $provider }
login-openid-not = { $provider } n’a pas dit qui vous êtes. Recommencez, ou connectez-vous avec votre mot de passe.
identities-title = Connexion sans mot de passe
identities-intro = Ces identités ouvrent votre compte. Une identité retirée est reliée de nouveau si vous vous connectez avec elle et qu’elle confirme votre adresse.
identity-linked = reliée :
identity-used = dernière connexion :
identity-unlink = Retirer
identity-unlinked = L’identité est retirée.
audit-identity = Identité reliée
