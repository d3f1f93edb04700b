-- The conflicting pairs were looked for, and settled.
UPDATE bookings SET days = '[2026-03-08,2026-03-10)' WHERE id = 2;
-- next migration
ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (days WITH &&);
