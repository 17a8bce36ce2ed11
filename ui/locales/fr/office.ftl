# Espace de travail : mots communs, mon travail, sites

saved = C’est enregistré.
answer-yes = oui
answer-no = non
somebody = Quelqu’un d’autre
the-node = le nœud
days = { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
span-days = du { $from } au { $until }
place-department = département
place-region = région
place-epci = intercommunalité
place-several = Plusieurs lieux portent ce nom : cochez le bon, juste en dessous.
place-unknown = Lieu inconnu : « { $text } ». Vérifiez l’orthographe, ou tapez un code postal.
source-received = reçue de { $node }
source-imported = importée
correction-waits = Une correction attend d’être relue.
correction-draft = Une correction est commencée, pas encore soumise.
correction-declined = Correction refusée : { $reason }
work-in = { $what } dans « { $service } »
work-nothing = Rien en cours
work-nothing-hint = Écrivez une première fiche : un titre suffit pour l’enregistrer.
work-no-service = Vous n’écrivez encore dans aucun service
work-no-service-yet = Ce nœud n’a pas encore de service
work-no-service-make = Un service est un fil de fiches d’un même type. Commencez par un agenda ou des actualités.
site-address = Adresse
site-create = Créer le site
site-new-intro = Un titre suffit ; le reste peut se régler ensuite.
site-made = Le site « { $title } » est prêt. Ajoutez-lui une rubrique.
site-restricted = Réservé
sites-none = Aucun site encore
sites-none-hint = En une minute : un titre, une couleur, puis les services à montrer.
placements-none = Ce site est encore vide
placements-none-hint = Ajoutez une rubrique : un service, et ce que vous voulez en montrer.
placement-shows = Cette rubrique montre le service « { $service } ».
placement-made = La rubrique « { $title } » est ajoutée.
placement-removed = La rubrique « { $title } » est enlevée du site. Les fiches restent dans leur service.
filter-everything = Tout ce que le service publie.
filter-by-theme = Thème { $themes }.
filter-by-place = Territoire : { $places }.
filter-by-both = Thème { $themes } ; territoire : { $places }.
draft-found = Le texte que vous n’aviez pas enregistré a été retrouvé.
draft-forget = Reprendre la version enregistrée
