# Messages électroniques à chaque personne

settings-notices = Messages
notices-intro = Ce qui vous attend ou vous concerne peut vous être écrit à { $email } : fiches à relire, réponses, décisions, échanges de vos ateliers.
notices-no-mail = Ce nœud n’envoie pas encore de courrier : la personne qui l’administre peut le régler.
notices-pace = Quand vous écrire ?
notices-at-once = Sans attendre
notices-at-once-hint = Dans le quart d’heure, plusieurs nouvelles en un seul message.
notices-daily = Une fois par jour
notices-daily-hint = Le matin, s’il y a du nouveau.
notices-never = Jamais
notices-never-hint = Tout reste sur votre page « Mon travail ».
notices-choose-it = Enregistrer ce choix
notices-choose = Choisissez l’une des trois possibilités.
notices-chosen = Votre choix est enregistré.
