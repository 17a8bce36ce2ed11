# Forms

form-problems = { $count ->
        [one] One thing to correct
       *[other] { $count } things to correct
    }
form-to-correct = To correct:
form-filled = { $count ->
        [one] { $count } field filled in
       *[other] { $count } fields filled in
    }
form-cancel = Cancel
form-save = Save
field-optional = (optional)
field-none = — choose —
field-slug = Short name for the address
field-url-hint = The whole address, beginning with https://
field-phone-hint = For example +33 3 86 00 00 00
field-place-hint = Municipality, postcode, intercommunality, département or region.
field-place-add = Add one or more places, separated by commas
field-place-one = Municipality or postcode
field-place-several = Several places have this name. Tick the right one.
field-theme-hint = One to three themes are enough to be found.
field-theme-whole = (the whole theme)
field-choose-among = { $count ->
    [one] Choose (one value)
   *[other] Choose among { $count }
}
field-rich-help = Formatting
field-rich-marks = **bold**, *italic*, a line beginning with a hyphen for a list, [text of the link](https://address), > for a quotation.
password = Password
password-again = The same password, a second time
password-hint = At least twelve characters. A few unrelated words make a good password.
