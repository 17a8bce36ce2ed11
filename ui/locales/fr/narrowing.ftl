# Restreindre une liste : types, jours, distance / narrowing a list by types, days, distance.
facet-types = Types
filter-type = Type : { $name }
filter-day = Le { $day }
filter-days = Du { $from } au { $until }
filter-days-from = À partir du { $day }
filter-days-until = Jusqu’au { $day }
filter-near = À moins de { $km } km de { $place }
around-title = Dates et distance
around-from = Du
around-until = Au
around-near = Autour de la commune
around-km = Dans un rayon de
around-apply = Appliquer
near-unknown = Aucun lieu ne s’appelle « { $name } » : écrivez le nom d’une commune ou son code postal.
near-several = Plusieurs lieux s’appellent « { $name } » :
