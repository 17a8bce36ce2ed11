# Versions of an item

revisions-title = Versions
revisions-none = This item was not written here.
revisions-all = All versions
revisions-compare = Compare two versions
revisions-from = From version
revisions-to = To version
revisions-show = Compare
revisions-compared = From version { $from } to version { $to }
revision-restore = Take up version { $number } again
revision-restore-meaning = Its text becomes a new version, to be reviewed. Nothing is lost or published.
done-restored = The text of version { $number } is taken up in a new version.
history-restored = Earlier version taken up again
history-restored-which = Version { $number }.
