# Services

service-new = Nouveau service
service-create = Créer le service
service-published = publiées : { $count }
service-to-review = { $count } à relire
service-items = Fiches du service
service-states = Fiches par état
service-search = Chercher dans ce service
service-about = À propos
service-import = Importer un fichier
service-edit = Modifier le service
service-members = Membres
service-field-type = Type de service
service-field-title = Nom du service
service-field-purpose = À quoi sert-il ?
service-purpose-hint = Une ou deux phrases, lues par le public et par les partenaires.
service-slug-hint = Lettres sans accent, chiffres et tirets. Laissez vide : il sera tiré du nom. C’est aussi l’adresse pour suivre le service ; elle ne change plus.
service-field-visibility = Qui peut le voir ?
visibility-public = Public
visibility-public-hint = Tout le monde, y compris depuis Mastodon et les autres réseaux du fédivers.
visibility-network = Réseau
visibility-network-hint = Les nœuds partenaires approuvés, et personne d’autre.
visibility-private = Privé
visibility-private-hint = Les membres du service seulement.
service-charter = Charte
service-charter-intro = Ce que le service promet à ses lecteurs et à ses partenaires.
charter-moderators = Qui relit ?
charter-moderators-hint = En mots : « l’équipe du pôle information », sans nom de personne.
charter-delay = Délai de réponse
charter-licence = Licence des fiches
charter-licence-hint = Sans licence ouverte, les partenaires ne peuvent pas réutiliser les textes.
service-self-validation = Chacun peut publier ses propres fiches
service-self-validation-hint = À éviter : sans cette case, une seconde personne relit toujours.
service-follow = Suivre ce service
service-follow-how = Copiez cette adresse dans la recherche de votre compte Mastodon, Mobilizon ou d’un autre nœud, puis choisissez « Suivre ».
member-add = Ajouter un membre
member-remove = Retirer
member-account = Compte
member-account-hint = La personne doit avoir un compte sur ce nœud.
member-role = Rôle
member-save = Ajouter
role-contributor = Contributeur
role-contributor-hint = Écrit des fiches et les soumet.
role-moderator = Modérateur
role-moderator-hint = Relit, publie, refuse et retire.
role-manager = Responsable
role-manager-hint = Règle le service : membres, charte, abonnements.
services-none = Aucun service encore
services-none-make = Un service est un fil de fiches d’un même type : agenda, actualités, formations…
services-none-ask = Demandez à la personne qui administre le nœud, ou à un responsable, de vous y ajouter.
service-new-intro = Un service est un fil de fiches d’un même type, avec ses membres et sa charte.
service-fixed = { $kind }. Adresse à suivre : { $handle }. Le type, l’adresse et la visibilité ne changent plus.
service-made = Le service « { $title } » est prêt. Ajoutez-lui des membres, ou écrivez une première fiche.
service-handle = Adresse à suivre
service-review = Relecture
service-public-page = Page publique
service-nothing = Ce service n’a encore aucune fiche
service-nothing-hint = Écrivez la première, ou importez un fichier.
service-nothing-so = Aucune fiche dans cet état
service-nothing-found = Rien ne contient « { $words } »
service-nothing-found-hint = Essayez un mot plus court, ou un autre état.
state-all = Toutes
state-drafts = Brouillons
state-submitted = À relire
state-published = Publiées
state-declined = Refusées
state-withdrawn = Retirées
state-expired = Périmées
state-ignored = Écartées
member-given = { $name } est maintenant { $role } de ce service.
member-removed = { $name } n’est plus membre de ce service.
import-title = Importer
import-intro = Un flux (RSS, Atom, JSON Feed) ou un tableau (CSV). Chaque ligne devient une fiche à relire ; importé de nouveau, le même fichier ne fait pas de doublon.
import-file = Fichier
import-file-hint = Depuis un tableur : « Enregistrer sous », format CSV.
import-address = Ou adresse d’un flux
import-address-hint = Par exemple https://www.exemple.fr/rss
import-dry-run = Essayer seulement
import-dry-run-hint = Dit ce qui serait fait, sans rien enregistrer.
import-more = Pour toutes les fiches
import-more-intro = Ce que le fichier ne dit pas.
import-places = Lieux
import-places-hint = Pour les fiches qui n’en indiquent aucun.
import-run = Importer
import-done = Import de { $source }
import-would = Essai avec { $source }
import-created = { $count ->
        [one] nouvelle
       *[other] nouvelles
    }
import-updated = { $count ->
        [one] mise à jour
       *[other] mises à jour
    }
import-unchanged = { $count ->
        [one] inchangée
       *[other] inchangées
    }
import-left-out = { $count ->
        [one] refusée
       *[other] refusées
    }
import-problems = Ligne par ligne
import-line = ligne { $line }
import-kept = à vérifier
import-refused = refusée
import-read = Relire les fiches importées
import-nothing-written = Rien n’a été enregistré. Décochez « Essayer seulement » pour importer.
import-columns = Quelles colonnes sont reconnues ?
import-model = Télécharger un tableau vide avec ces colonnes
import-columns-intro = Une première ligne nomme les colonnes ; majuscules et accents sont indifférents :
