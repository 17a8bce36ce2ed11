# Décider de plusieurs fiches

queue-several = Décider de plusieurs fiches
several-intro = Cochez les fiches que vous avez lues. Chacune est traitée à part : ce qui ne va pas pour l’une n’arrête pas les autres.
several-which = Fiches qui attendent
several-read = Lire
several-reason = Motif, pour renvoyer
several-reason-hint = Le même pour toutes les fiches cochées ; chaque personne le lira.
several-publish = Publier les fiches cochées
several-decline = Renvoyer les fiches cochées
several-none = Cochez au moins une fiche.
several-no-reason = Écrivez le motif : les personnes qui ont écrit ces fiches doivent savoir quoi changer.
several-outcomes = Ce qui a été fait
several-published = Publiée.
several-declined = Renvoyée.
several-not-done = Rien n’est fait
several-gone = Cette fiche n’est plus là.
several-failed = Une erreur s’est produite : réessayez.
several-nothing = Rien n’attend de décision.
