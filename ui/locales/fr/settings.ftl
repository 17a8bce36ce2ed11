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
settings-password = Mon mot de passe
organisations-none = Aucun organisme
organisation-made = L’organisme « { $name } » est ajouté.
organisation-changed = L’organisme « { $name } » est enregistré.
accounts-none = Aucun compte
account-role = { $role } : { $services }
account-made = Le compte de { $name } est créé. Donnez-lui maintenant un rôle dans un service.
account-made-on = créé le
account-changed = Le compte de { $name } est enregistré.
password-intro = Vous vous connectez avec l’adresse { $email }.
password-present = Mot de passe actuel
password-new = Nouveau mot de passe
password-change = Changer le mot de passe
password-changed = Votre mot de passe est changé. Les autres appareils doivent se reconnecter.
tokens-none = Aucun jeton
tokens-none-hint = Un programme qui doit lire ou écrire ici en votre nom en a besoin d’un.
token-revoked = Le jeton est révoqué.
settings-node = Ce nœud
settings-node-intro = Le nom que portent les pages, les flux et les services de ce nœud. Qui suit un service apprend le nouveau nom ; les fiches déjà publiées gardent celui de leur organisme jusqu’à leur prochaine correction.
node-changed = Ce nœud s’appelle maintenant « { $name } ».
