# File de modération

queue-keys = Clavier :
queue-keys-move = parcourir
queue-keys-publish = publier
queue-keys-decline = refuser
queue-keys-help = aide
queue-filters = Filtrer la file
queue-list = Fiches en attente
queue-late = { $count ->
        [one] en retard de { $count } jour
       *[other] en retard de { $count } jours
    }
queue-due = { $count ->
        [one] d’ici { $count } jour
       *[other] d’ici { $count } jours
    }
queue-due-today = aujourd’hui
queue-back = Retour à la file
queue-next = Fiche suivante
keys-title = Raccourcis clavier
keys-enter-name = Entrée
keys-move = fiche suivante, fiche précédente
keys-open = ouvrir la fiche
keys-publish = publier la fiche ouverte
keys-decline = refuser la fiche ouverte
keys-next = passer à la suivante sans décider
keys-on = Raccourcis d’une seule touche actifs sur cet appareil
keys-close = Fermer
queue-all = Toutes
queue-own = Écrites ici
queue-received = Reçues
queue-corrections = Corrections
queue-new = nouvelle
queue-correction = correction
queue-kind-correction = { $kind }, correction d’une fiche publiée
queue-empty = Plus rien à relire
queue-empty-hint = Tout est décidé. Les prochaines fiches apparaîtront ici.
queue-empty-so = Rien de ce genre n’attend
queue-empty-so-hint = Regardez les autres parties de la file.
queue-not-yours = Vous ne modérez aucun service
queue-not-yours-hint = Relire et publier demande un rôle dans un service : le responsable du service peut vous le donner.
held-by-trust = Gardée pour relecture : l’abonnement à « { $title } » est réglé sur « Relire d’abord ».
held-by-rule = Gardée pour relecture par une exception de l’abonnement : ce qui { $condition }.
