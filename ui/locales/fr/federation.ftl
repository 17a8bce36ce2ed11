# Fédération

federation-subscriptions = Abonnements
federation-followers = Abonnés
federation-deliveries = Envois
subscription-new = Suivre un service
subscription-address = Adresse du service
subscription-address-hint = Par exemple @agenda@mef-yonne.example, ou l’adresse de sa page.
subscription-service = Ranger ce qui arrive dans
subscription-service-hint = Un de vos services ; ses modérateurs verront ce qui attend.
subscription-trust = Confiance
trust-hold = Relire d’abord
trust-hold-hint = Chaque fiche attend dans « À modérer ».
trust-publish = Publier aussitôt
trust-publish-hint = Les fiches paraissent sur vos sites sans relecture.
trust-announce = Publier et rediffuser
trust-announce-hint = Les fiches sont aussi transmises à vos propres abonnés.
subscription-filter = Ne prendre qu’une partie
subscription-filter-intro = Sans réponse, tout est pris. Avec plusieurs réponses, une fiche doit convenir à chacune ; dans une même réponse, une seule valeur suffit.
filter-themes = Thèmes
filter-territories = Territoires
filter-territories-hint = Tout ce qui est à l’intérieur compte : un département comprend ses communes.
filter-centre = Autour de
filter-radius = À moins de
filter-types = Types de fiches
filter-keywords = Mots
filter-keywords-hint = Séparés par des virgules ; un seul suffit.
filter-from = À partir du
filter-until = Jusqu’au
subscription-into = dans { $service }
subscription-taken = fiches publiées : { $count }
subscription-waiting = à relire : { $count }
subscription-left = écartées : { $count }
subscription-last = dernier échange :
subscription-never = aucun échange encore
subscription-stop = Ne plus suivre…
subscription-stop-meaning = Plus rien n’arrivera de ce service. Les fiches déjà publiées ici seront retirées de vos sites.
subscription-stop-now = Ne plus suivre ce service
follower-requests = Demandes en attente
follower-node = autre nœud
follower-account = compte du fédivers
follower-of = suit { $service }
follower-accept = Accepter
follower-reject = Refuser
follower-remove = Retirer
delivery-states = Envois par état
delivery-attempts = { $count ->
        [one] { $count } essai
       *[other] { $count } essais
    }
delivery-answer = dernière réponse : { $answer }
delivery-next = prochain essai :
delivery-retry = Réessayer
rule-everything = Tout ce qui arrive { $outcome }.
rule-part = Ce qui { $condition } { $outcome } ; le reste est écarté.
rule-exception = Exception : ce qui { $condition } { $outcome }.
outcome-ignore = est écarté
outcome-hold = attend d’être relu
outcome-publish = est publié aussitôt
outcome-announce = est publié aussitôt et transmis à nos abonnés
rule-always = arrive
rule-and = et
rule-or = ou
rule-not = n’entre pas dans « { $condition } »
rule-theme = a pour thème « { $name } »
rule-held = se passe ici : { $place }
rule-publisher = est publié depuis : { $place }
rule-eligible = s’adresse aux habitants de : { $place }
rule-anywhere = concerne : { $place }
rule-radius = se passe à moins de { $km } km de { $place }
rule-no-place = n’indique aucun lieu
rule-type = est du type « { $name } »
rule-keyword = contient « { $words } »
rule-language = est en { $name }
rule-dates = a lieu entre le { $from } et le { $until }
rule-from = a lieu à partir du { $from }
rule-until = a lieu avant le { $until }
rule-dated = porte une date
relation-held = Où elle se passe
relation-publisher = D’où elle est publiée
relation-eligible = À qui elle s’adresse
relation-any = L’un ou l’autre
filter-relation = Ce qui doit être dans ces territoires
filter-placeless = Prendre aussi ce qui n’indique aucun lieu
filter-placeless-hint = Sans effet quand aucun territoire ni aucune distance n’est demandé.
filter-radius-wrong = Écrivez un nombre de kilomètres entre 0,1 et 2 000.
filter-radius-missing = À combien de kilomètres au plus ?
filter-centre-missing = Autour de quelle commune ?
filter-date-wrong = Écrivez une date, par exemple 03/03/2026.
filter-dates-crossed = Cette date est avant l’autre.
subscription-exceptions = Exceptions
subscription-exceptions-intro = La première exception qui convient décide, à la place du niveau de confiance. Une exception laissée vide ne compte pas.
exception-then = Exception { $number } : ce qui arrive
exception-theme = … quand le thème est
exception-territory = … et que cela se passe ici
decision-ignore = est écarté
decision-hold = attend d’être relu
decision-publish = est publié aussitôt
decision-announce = est publié et transmis à nos abonnés
rules-more = Ajouter une exception
rules-try = Essayer ces règles
rules-foreign = Ces règles ont été écrites par un programme, et ce formulaire ne sait pas les montrer. Enregistrer les garde telles quelles ; seule la confiance peut être changée ici.
trial-title = { $count ->
        [one] Essai sur { $count } fiche reçue
       *[other] Essai sur les { $count } dernières fiches reçues
    }
trial-nothing = Rien n’est encore arrivé par cet abonnement.
trial-more = { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
trial-hint = Rien n’est changé tant que vous n’enregistrez pas.
tried-announce = publiées et transmises
tried-publish = publiées aussitôt
tried-hold = à relire
tried-ignore = écartées
subscriptions-none = Vous ne suivez encore aucun service
subscriptions-none-hint = Suivez l’agenda d’un département voisin : ses fiches attendront votre accord.
subscription-made = La demande de suivre { $handle } est partie. Dès qu’elle est acceptée, ses dernières fiches arrivent.
subscription-changed = Les règles sont enregistrées ; ce qui était arrivé est décidé de nouveau.
subscription-ended = Vous ne suivez plus « { $title } ».
follow-local = service de ce nœud
follow-well = suivi
follow-pending = attend la réponse de { $node }
follow-rejected = refusé par { $node }
follow-blocked = { $node } est bloqué ici
follow-gone = ce service n’existe plus
follow-silent = { $node } ne répond plus, { $since }
followers-none = Personne ne suit encore vos services
followers-none-hint = Donnez l’adresse d’un service à un partenaire : elle est sur la page du service.
follower-asks = demande
follower-accepted = accepté
follower-gone = disparu
follower-was-accepted = C’est accepté : les prochaines fiches lui seront envoyées.
follower-was-rejected = C’est refusé : plus rien ne lui sera envoyé.
delivery-due = En cours
delivery-parked = En pause
delivery-delivered = Arrivés
delivery-refused = Refusés
delivery-gone = Destinataire disparu
delivery-given-up = Abandonnés
delivery-is-due = en attente
delivery-is-retried = sera retenté
delivery-is-parked = en pause : le serveur ne répond plus
delivery-is-delivered = arrivé
delivery-is-refused = refusé par le destinataire
delivery-is-gone = destinataire disparu
delivery-is-given-up = abandonné
delivery-about = { $what } : { $title }
delivery-no-answer = pas de réponse ({ $error })
delivery-retried = L’envoi est retenté tout de suite.
deliveries-arrived = { $count ->
        [one] { $count } envoi est arrivé
       *[other] { $count } envois sont arrivés
    }
deliveries-well = { $arrived } ; aucun n’attend.
deliveries-under-way = { $arrived } ; { $due } sont en route.
deliveries-waiting = { $arrived } ; { $waiting } attendent qu’un serveur réponde.
deliveries-none = Tout est arrivé
deliveries-none-so = Aucun envoi dans cet état
activity-create = Publication
activity-update = Correction
activity-delete = Retrait
activity-announce = Transmission
activity-follow = Demande d’abonnement
activity-accept = Acceptation d’un abonné
activity-reject = Refus d’un abonné
activity-undo = Annulation
region-title = Partenaires
region-own = notre nœud
partner-well = tout va bien
partner-waits = attend une réponse
partner-silent = ne répond plus
partner-refuses = refuse notre abonnement
partner-blocked = bloqué ici
partner-follows = { $count ->
        [one] nous y suivons { $count } service
       *[other] nous y suivons { $count } services
    }
partner-followed = { $count ->
        [one] suit { $count } de nos services
       *[other] suit { $count } de nos services
    }
partner-accounts = { $count ->
        [one] et { $count } compte du fédivers nous suit
       *[other] et { $count } comptes du fédivers nous suivent
    }
