# Réglages

settings-organisations = Organismes
settings-accounts = Comptes
settings-tokens = Jetons d’accès
organisation-new = Nouvel organisme
organisation-name = Nom de l’organisme
organisation-name-hint = Le nom que le public verra à côté de ses fiches.
organisation-territory = Territoire
organisation-website = Site web
organisation-accounts = { $count ->
        [one] { $count } compte
       *[other] { $count } comptes
    }
account-new = Nouveau compte
account-create = Créer le compte
account-organisation = Organisme
account-password = Mot de passe
account-password-hint = Douze caractères au moins ; à transmettre de vive voix, la personne pourra le changer.
account-password-keep = Laissez vide pour garder l’actuel.
account-administrator = Administre le nœud
account-administrator-hint = Peut tout régler : comptes, sites, fédération.
account-disable = Compte fermé
account-disable-hint = La personne est déconnectée aussitôt ; ce qu’elle a publié reste.
account-disabled = fermé
account-last-login = connexion :
account-never = jamais connecté
tokens-intro = Un jeton laisse un programme agir en votre nom par l’interface /api/v1, avec vos droits.
token-fresh = Jeton « { $name } » créé.
token-once = Copiez-le maintenant : il ne sera plus jamais affiché.
token-created = créé :
token-used = dernier usage :
token-unused = jamais utilisé
token-revoke = Révoquer…
token-revoke-meaning = Les programmes qui l’utilisent ne pourront plus se connecter.
token-revoke-now = Révoquer le jeton
token-new = Nouveau jeton
token-name = À quoi servira-t-il ?
token-name-hint = Par exemple « synchronisation de la base de formation ».
token-create = Créer le jeton
