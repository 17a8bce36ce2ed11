# Pictures and files of items

field-picture-add = Add a picture (JPEG, PNG, WebP or GIF)
field-picture-name = What the picture shows, for who does not see it
field-picture-credit = Credit of the picture
field-file-add = Add a file (20 MB at most)
field-file-name = Name of the file for the public
field-file-remove = Remove
field-file-more = Add more of them
item-files = Files
item-picture = Picture
