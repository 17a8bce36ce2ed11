# Images et fichiers des fiches

field-picture-add = Ajouter une image (JPEG, PNG, WebP ou GIF)
field-picture-name = Ce que l’image montre, pour qui ne la voit pas
field-picture-credit = Crédit de l’image
field-file-add = Ajouter un fichier (20 Mo au plus)
field-file-name = Nom du fichier pour le public
field-file-remove = Retirer
field-file-more = En ajouter d’autres
item-files = Fichiers
item-picture = Image
