# Fiches et décisions

item-new = Nouvelle fiche
item-more = Plus de détails
item-submit = Soumettre à la relecture
item-save = Enregistrer le brouillon
item-missing = Avant de soumettre, il manque encore :
item-complete = Tout y est : la fiche peut être soumise.
item-declined-because = Refusée, avec cette raison :
item-licence = Licence :
item-licence-field = Licence de cette fiche
item-licence-hint = Sans choix, celle du service s’applique.
item-language = Langue
item-report = Signaler une erreur
item-permalink = Lien permanent
item-related = Sur le même sujet, près d’ici
entry-public = Voir la page publique
entry-decide = Décider
entry-history = Historique
history-empty = Rien ne s’est encore passé.
diff-title = Ce que la correction change
diff-none = Aucun champ ne change.
decide-publish = Publier
decide-submit = Soumettre à la relecture
decide-edit = Modifier
decide-decline = Refuser…
decide-decline-now = Refuser avec cette raison
decide-withdraw = Retirer…
decide-withdraw-now = Retirer la fiche
decline-reasons = Raisons fréquentes
decline-reason = Raison, ou précision
decline-hint = L’auteur la lira telle quelle : dites ce qu’il faut corriger.
withdraw-meaning = La fiche disparaît des sites, et un retrait est envoyé à tous ceux qui l’ont reçue.
withdraw-reason = Raison du retrait
work-hello = Bonjour { $name }
work-queue = { $count ->
        [one] { $count } fiche attend votre décision
       *[other] { $count } fiches attendent votre décision
    }
work-create = Écrire
work-declined = À reprendre
work-drafts = Brouillons
work-submitted = En attente de relecture
work-published = Publiées récemment
