# Themes of the node

settings-themes = Themes
themes-intro = Themes sort every item. The first ones come from reference lists of the field; you can rename them, retire some, add others, and say to which codes they correspond.
theme-new = New theme
theme-made = The theme “{ $name }” has been made.
theme-changed = The theme “{ $name }” has been changed.
theme-own = added here
theme-retired = retired
theme-items = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
theme-fr = Name in French
theme-en = Name in English
theme-en-hint = Without one, the French name stands in English too.
theme-parent = Below the theme
theme-parent-hint = A theme that items bear does not move any more.
theme-top = None: it is a broad theme
theme-codes = Corresponding codes
theme-codes-hint = One code on each line, whole or its beginning: rome:K21, formacode:44591, naf:8559A, data-inclusion:numerique. On import, a row without themes takes those of its codes.
theme-retire = Offer this theme no more
theme-retire-hint = Items that bear it keep it.
