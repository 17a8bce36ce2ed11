# Narrowing a list by types, days, distance.
facet-types = Types
filter-type = Type: { $name }
filter-day = On { $day }
filter-days = From { $from } to { $until }
filter-days-from = From { $day } on
filter-days-until = Until { $day }
filter-near = Within { $km } km of { $place }
around-title = Dates and distance
around-from = From
around-until = Until
around-near = Around the municipality
around-km = Within
around-apply = Apply
near-unknown = No place is called “{ $name }”: write the name of a municipality or its postal code.
near-several = Several places are called “{ $name }”:
