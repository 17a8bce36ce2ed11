# Mots communs

skip-to-content = Aller au contenu
other-language = English
other-language-code = en
colon = {" "}:
count-items = { $count ->
        [one] { $count } fiche
       *[other] { $count } fiches
    }
count-items-over = plus de { $count } fiches
age-now = à l’instant
age-minutes = { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
age-hours = { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
age-days = { $count ->
        [one] hier
       *[other] il y a { $count } jours
    }
age-months = { $count ->
        [one] il y a { $count } mois
       *[other] il y a { $count } mois
    }
age-years = { $count ->
        [one] il y a { $count } an
       *[other] il y a { $count } ans
    }
age-brief-minutes = { $count } min
age-brief-hours = { $count } h
age-brief-days = { $count } j
age-brief-months = { $count } mois
age-brief-years = { $count ->
        [one] { $count } an
       *[other] { $count } ans
    }
unit-days = jours
language-fr = français
language-en = anglais
licence-none = Aucune licence indiquée
licence-etalab = Licence Ouverte 2.0 (Etalab)
licence-cc-by = Creative Commons Attribution 4.0 (CC BY)
licence-cc-by-sa = Creative Commons Attribution, partage à l’identique 4.0 (CC BY-SA)
licence-cc0 = Domaine public (CC0)
paging = Pages de la liste
paging-previous = Page précédente
paging-next = Page suivante
paging-of = page { $page } sur { $pages }
paging-page = page { $page }
nav-office = Espace de travail
nav-site = Rubriques
nav-trail = Vous êtes ici
nav-work = Mon travail
nav-queue = À modérer
nav-waiting = en attente
nav-services = Mes services
nav-sites = Sites
nav-federation = Fédération
nav-settings = Réglages
log-out = Se déconnecter
log-in-team = Espace de l’équipe
footer-node = Publié par { $node } avec Maillage, le réseau des maisons de l’emploi et de la formation.
origin-published = Publié par { $publisher }, { $when }
origin-received = reçu de { $node }
origin-announced = transmis par { $node }
origin-updated = corrigé : { $when }
origin-by = De { $publisher }
