# Carte

view-map = Carte
map-name = Carte de ce que contient la liste, commune par commune
map-places = Les mêmes communes en liste
map-and-around = { $place } et alentours
