# Formulaires

form-problems = { $count ->
        [one] Un point est à corriger
       *[other] { $count } points sont à corriger
    }
form-to-correct = À corriger :
form-filled = { $count ->
        [one] { $count } champ rempli
       *[other] { $count } champs remplis
    }
form-cancel = Annuler
form-save = Enregistrer
field-optional = (facultatif)
field-none = — choisir —
field-slug = Nom court pour l’adresse
field-url-hint = Adresse complète, qui commence par https://
field-phone-hint = Par exemple 03 86 00 00 00
field-place-hint = Commune, code postal, intercommunalité, département ou région.
field-place-add = Ajouter un ou plusieurs lieux, séparés par des virgules
field-place-one = Commune ou code postal
field-place-several = Plusieurs lieux portent ce nom. Cochez le bon.
field-theme-hint = Un à trois thèmes suffisent pour être retrouvé.
field-theme-whole = (tout le thème)
field-choose-among = { $count ->
    [one] Choisir (une valeur)
   *[other] Choisir parmi { $count }
}
field-rich-help = Mettre en forme
field-rich-marks = **gras**, *italique*, une ligne qui commence par un tiret pour une liste, [texte du lien](https://adresse), > pour une citation.
password = Mot de passe
password-again = Le même mot de passe, une seconde fois
password-hint = Douze caractères au moins. Quelques mots sans rapport entre eux font un bon mot de passe.
