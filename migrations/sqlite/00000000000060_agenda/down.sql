DROP INDEX places_position;
DROP INDEX entries_over;
DROP INDEX entries_dated;
