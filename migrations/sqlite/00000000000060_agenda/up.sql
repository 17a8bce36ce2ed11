-- What takes place, whatever the service: agendas of whole sites, their months and weeks.
CREATE INDEX entries_dated ON entries (state, begins_at, id, over_at, service_id, item_id);
-- What takes place between two days, and what was published then and has no date.
CREATE INDEX entries_over ON entries (state, over_at, sort_at, begins_at, item_id);
-- The communes around one.
CREATE INDEX places_position ON places (latitude, longitude, kind, code);
