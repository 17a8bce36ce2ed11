# La barre de mise en forme

rich-bar = Mise en forme
rich-bold = Gras
rich-italic = Italique
rich-link = Lien
rich-bullets = Liste
rich-numbers = Liste numérotée
rich-quote = Citation
rich-undo = Annuler
rich-redo = Rétablir
rich-address = Adresse du lien
rich-linked = Mettre le lien
rich-wrong = Écrivez une adresse, par exemple https://www.exemple.fr/page.
rich-by-hand = Écrire avec les signes (Markdown)
rich-as-seen = Revenir à la mise en forme
