# Sites et pages publiques

home-title = Accueil
home-all = Tout voir
home-section-empty = Rien pour le moment.
search-label = Chercher un mot, une commune, un code postal
search-button = Chercher
follow-title = Suivre cette liste
follow-feeds = Dans un lecteur de flux :
follow-account = Depuis un compte Mastodon, Mobilizon ou un autre nœud :
facet-themes = Thèmes
facets-more = { $count ->
        [one] { $count } autre
       *[other] { $count } autres
    }
filters-active = Filtres actifs
filter-remove = (enlever ce filtre)
filters-clear = Tout enlever
filters-open = Filtrer
filters-title = Affiner
filters-close = Retour à la liste
node-sites = Sites
node-services = Suivre nos publications
site-new = Nouveau site
site-open = Ouvrir le site
site-edit = Modifier le site
site-about = À propos
site-placements = Rubriques
site-sections = { $count ->
        [one] { $count } rubrique
       *[other] { $count } rubriques
    }
site-field-title = Titre du site
site-field-intro = Présentation
site-intro-hint = Deux phrases en haut de la page d’accueil : à qui s’adresse le site, ce qu’on y trouve.
site-field-kind = Genre de site
site-kind-consultation = Site de consultation
site-kind-consultation-hint = Ouvert au public.
site-kind-workshop = Atelier
site-kind-workshop-hint = Réservé aux professionnels qui ont un compte.
site-field-accent = Couleur
site-accent-hint = Elle est assombrie ou éclaircie si elle se lit mal.
site-slug-hint = Lettres sans accent, chiffres et tirets. Laissez vide : il sera tiré du titre.
placement-new = Ajouter une rubrique
placement-service = Service à montrer
placement-service-hint = Un service de ce nœud ou un service suivi.
placement-title = Titre de la rubrique
placement-title-hint = Laissez vide pour le nom du service.
placement-order = Ordre
order-usual = Ordre habituel de ce genre de service
order-newest = Les plus récentes d’abord
order-upcoming = Les prochaines dates d’abord
order-title = Par titre
placement-up = Monter
placement-down = Descendre
placement-remove = Enlever du site
site-field-host = Nom de domaine du site
site-host-hint = Facultatif, par exemple emploi-nevers.fr. Faites d’abord mener ce nom au serveur, avec un certificat ; les pages du site y répondent alors aussi.
