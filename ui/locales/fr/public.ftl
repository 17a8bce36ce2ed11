# Pages pour tous / pages for everybody.
setup-done = Le nœud est prêt. Commencez par créer un service, puis un site pour le montrer.
logged-out = Vous êtes déconnecté.
login-kept = Votre session s’est terminée pendant que vous écriviez. Rien n’est perdu : connectez-vous, votre texte vous attend.
resume-title = Votre texte est là
resume-intro = Il a été gardé pendant que vous vous reconnectiez. Envoyez-le de nouveau pour continuer.
resume-button = Continuer
node-intro = Emploi, formation, insertion : ce qui se passe près de chez vous, relu avant d’être publié.
node-empty = Aucun site pour le moment
node-empty-text = Les sites ouverts à tous apparaîtront ici.
node-empty-action = Créer ou compléter un site
site-empty = Ce site ne montre encore rien
site-empty-text = Ses rubriques apparaîtront ici.
filter-words = Mots : { $words }
filter-theme = Thème : { $name }
filter-place = Lieu : { $name }
facet-places = Territoires
search-results = Résultats
search-everything = Tout ce qui est publié ici
list-nothing-found = Rien ne correspond
list-nothing-found-text = Enlevez un filtre, ou cherchez un mot plus général.
list-empty = Rien pour le moment
list-empty-text = Les prochaines fiches publiées apparaîtront ici.
item-withdrawn = Cette fiche a été retirée par le service qui l’avait publiée.
action-read = Lire l’article
action-register = S’inscrire ou en savoir plus
action-more = En savoir plus
warning-cancelled = Annulé
warning-postponed = Reporté
warning-full = Complet
warning-over = Terminé
search-meant-place = « { $words } » a été compris comme un lieu.
search-as-words = Chercher plutôt ce mot
search-places = Cherchiez-vous le lieu :
search-wider = Aux alentours :
open-graph-locale = fr_FR
error-maybe-reserved = Elle est peut-être réservée aux personnes qui ont un compte.
list-undated = Sans date
list-under-way = En cours
action-on = sur { $host }
when-others = { $count ->
    [one] (et une autre date)
   *[other] (et { $count } autres dates)
}
