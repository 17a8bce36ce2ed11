# Mise en service et connexion

setup-title = Mettre ce nœud en service
setup-intro = Quelques réponses suffisent. Tout pourra être changé ensuite, sauf l’adresse du nœud.
setup-code = Code d’installation
setup-code-hint = Le code à usage unique affiché au démarrage du programme.
setup-node-name = Nom de la maison de l’emploi
setup-node-name-hint = Tel que le public le connaît, par exemple « MEF de la Nièvre ».
setup-territory = Territoire
setup-name = Nom et prénom
setup-email-hint = Elle sert à se connecter ; elle n’est pas publiée.
setup-button = Créer le nœud
login-title = Se connecter
login-button = Se connecter
login-help = Mot de passe oublié ? La personne qui administre le nœud peut en donner un nouveau.
account-email = Adresse électronique
