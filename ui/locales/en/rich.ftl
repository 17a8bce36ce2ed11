# The bar of formatted text

rich-bar = Formatting
rich-bold = Bold
rich-italic = Italic
rich-link = Link
rich-bullets = List
rich-numbers = Numbered list
rich-quote = Quotation
rich-undo = Undo
rich-redo = Redo
rich-address = Address of the link
rich-linked = Set the link
rich-wrong = Write an address, such as https://www.example.org/page.
rich-by-hand = Write with signs (Markdown)
rich-as-seen = Back to formatting
