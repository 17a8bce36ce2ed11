# Ateliers et pages de contenu

workshop-documents = Documents
workshop-discussions = Discussions
workshop-folders = Dossiers
workshop-documents-all = Tous les documents
workshop-documents-none = Aucun document encore.
workshop-discussions-all = Toutes les discussions
workshop-discussions-none = Aucune discussion encore.
document-new = Déposer un document
document-send = Envoyer
document-file = Fichier
document-file-hint = 20 Mo au plus : documents, tableurs, présentations, PDF, images, texte, son, vidéo.
document-title = Titre
document-title-hint = Laissez vide pour le nom du fichier.
document-note = De quoi s’agit-il ?
document-folder = Dossier
document-sent = « { $title } » est déposé.
document-version = Version { $number }
document-versions = Versions
document-edit = Modifier le titre ou le dossier
document-remove = Supprimer ce document
document-remove-what = Toutes ses versions sont effacées. Cela ne se rattrape pas.
document-removed = Le document et ses versions sont effacés.
version-new = Envoyer une nouvelle version
version-note = Ce qui change
version-sent = La version { $number } est déposée.
folder-all = Tous
folder-new = Nouveau dossier
folder-title = Nom du dossier
folder-make = Créer le dossier
folder-made = Le dossier « { $title } » est créé.
folder-remove = Supprimer ce dossier
folder-remove-what = Ses documents restent, hors dossier.
folder-removed = Le dossier est supprimé ; ses documents restent.
discussion-new = Lancer une discussion
discussion-title = Sujet
discussion-begin = Lancer la discussion
discussion-about-it = En discuter
discussion-about = À propos de
discussion-answer = Répondre
message-body = Message
message-send = Envoyer
somebody-gone = Une personne partie depuis
site-members-change = Changer les membres
page-changed = Mis à jour :
discussion-messages = { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
number-items = { $count ->
        [one] fiche
       *[other] fiches
    }
number-sections = { $count ->
        [one] rubrique
       *[other] rubriques
    }
number-organisations = { $count ->
        [one] organisme publie
       *[other] organismes publient
    }
item-discussions = { $count ->
    [0] Discuter de cette fiche dans l’atelier
    [one] Une discussion sur cette fiche
   *[other] { $count } discussions sur cette fiche
}
