# Map

view-map = Map
map-name = Map of what the list holds, municipality by municipality
map-places = The same municipalities as a list
map-and-around = { $place } and around
