# File de modération

queue-keys = Clavier :
queue-keys-move = parcourir
queue-keys-publish = publier
queue-keys-decline = refuser
queue-keys-help = aide
queue-filters = Filtrer la file
queue-list = Fiches en attente
queue-late = (en retard)
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
