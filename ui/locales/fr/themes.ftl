# Thèmes du nœud

settings-themes = Thèmes
themes-intro = Les thèmes classent toutes les fiches. Ceux du départ viennent des référentiels de l’insertion ; vous pouvez les renommer, en retirer, en ajouter, et dire à quels codes ils correspondent.
theme-new = Nouveau thème
theme-made = Le thème « { $name } » est créé.
theme-changed = Le thème « { $name } » est modifié.
theme-own = ajouté ici
theme-retired = retiré
theme-items = { $count ->
        [one] { $count } fiche
       *[other] { $count } fiches
    }
theme-fr = Nom en français
theme-en = Nom en anglais
theme-en-hint = Sans lui, le nom français sert aussi en anglais.
theme-parent = Sous le thème
theme-parent-hint = Un thème que des fiches portent ne change plus de place.
theme-top = Aucun : c’est un thème large
theme-codes = Codes correspondants
theme-codes-hint = Un code par ligne, entier ou son début : rome:K21, formacode:44591, naf:8559A, data-inclusion:numerique. À l’import, une ligne sans thème prend ceux de ses codes.
theme-retire = Ne plus proposer ce thème
theme-retire-hint = Les fiches qui le portent le gardent.
