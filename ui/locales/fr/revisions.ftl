# Les versions d’une fiche

revisions-title = Versions
revisions-none = Cette fiche n’a pas été écrite ici.
revisions-all = Toutes les versions
revisions-compare = Comparer deux versions
revisions-from = De la version
revisions-to = À la version
revisions-show = Comparer
revisions-compared = De la version { $from } à la version { $to }
revision-restore = Reprendre la version { $number }
revision-restore-meaning = Son texte devient une nouvelle version, à faire relire. Rien n’est perdu ni publié.
done-restored = Le texte de la version { $number } est repris dans une nouvelle version.
history-restored = Version antérieure reprise
history-restored-which = Version { $number }.
