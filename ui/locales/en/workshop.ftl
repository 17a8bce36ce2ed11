# Workshops and pages of plain content

workshop-documents = Documents
workshop-discussions = Discussions
workshop-folders = Folders
workshop-documents-all = All documents
workshop-documents-none = No document yet.
workshop-discussions-all = All discussions
workshop-discussions-none = No discussion yet.
document-new = Send a document
document-send = Send
document-file = File
document-file-hint = At most 20 MB: documents, spreadsheets, presentations, PDF, pictures, text, sound, film.
document-title = Title
document-title-hint = Leave empty for the name of the file.
document-note = What is it about?
document-folder = Folder
document-sent = “{ $title }” is sent.
document-version = Version { $number }
document-versions = Versions
document-edit = Change title or folder
document-remove = Remove this document
document-remove-what = All of its versions are erased. This cannot be undone.
document-removed = The document and its versions are erased.
version-new = Send a new version
version-note = What has changed
version-sent = Version { $number } is sent.
folder-all = All
folder-new = New folder
folder-title = Name of the folder
folder-make = Make the folder
folder-made = The folder “{ $title }” is made.
folder-remove = Remove this folder
folder-remove-what = Its documents stay, in no folder.
folder-removed = The folder is removed; its documents stay.
discussion-new = Begin a discussion
discussion-title = Subject
discussion-begin = Begin the discussion
discussion-about-it = Discuss it
discussion-about = About
discussion-answer = Answer
message-body = Message
message-send = Send
somebody-gone = Somebody who has left
site-members-change = Change the members
page-changed = Updated:
discussion-messages = { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
number-items = { $count ->
        [one] item
       *[other] items
    }
number-sections = { $count ->
        [one] section
       *[other] sections
    }
number-organisations = { $count ->
        [one] organisation publishes
       *[other] organisations publish
    }
item-discussions = { $count ->
    [0] Discuss this item in the workshop
    [one] One discussion about this item
   *[other] { $count } discussions about this item
}
