# Types of services: references to other items, and what the passing of time makes of items.
field-reference-one = Titre ou adresse de la fiche
field-reference-add = Ajouter des fiches : titres ou adresses, séparés par des points-virgules
field-reference-several = Plusieurs fiches correspondent. Cochez la bonne.
reference-several = Plusieurs fiches correspondent : cochez la bonne, juste en dessous.
reference-unknown = Aucune fiche publiée ne s’appelle « { $text } ». Vérifiez le titre, ou collez l’adresse de la fiche.

order-deadline = Par date limite

warning-archived = Archivée
warning-to-check = À vérifier
warning-filled = Pourvue
warning-on-hold = Suspendue
warning-provisional = Provisoire

action-apply = Faire la démarche
action-document = Ouvrir le document
action-book = Prendre rendez-vous

age-archived = Archivée depuis le { $day } : elle reste lisible, mais n’est plus tenue à jour.
age-to-check = À vérifier depuis le { $day }.
age-reminded = À relire : rappel du { $day }.
age-hidden = Absente des pages d’accueil depuis le { $day }.
age-erased = Contenu effacé le { $day }.
age-confirm = Tout est encore exact
age-confirm-meaning = La fiche repart pour un tour : sa date de vérification devient celle d’aujourd’hui.
age-confirmed = La fiche est vérifiée.

history-confirmed = Vérifiée
history-reminded = Rappel à l’auteur
history-to-check = Marquée « à vérifier »
history-hidden = Retirée des pages d’accueil
history-archived = Archivée
history-erased = Effacée

import-table = Télécharger ce qui est publié, dans le même tableau
