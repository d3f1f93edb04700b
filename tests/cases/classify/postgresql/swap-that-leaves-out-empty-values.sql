-- case: history
CREATE TABLE events (id int NOT NULL, location text);
-- case: migration
ALTER TABLE events ADD COLUMN location_json jsonb;
UPDATE events SET location_json = jsonb_build_object('address', location) WHERE location IS NOT NULL AND location <> '';
ALTER TABLE events DROP COLUMN location;
ALTER TABLE events RENAME COLUMN location_json TO location;
-- case: expect
-- 2 rows.update.some events.location_json
-- 4 column.type.change events.location (text -> jsonb)
