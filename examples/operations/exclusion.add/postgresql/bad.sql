ALTER TABLE bookings ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (days WITH &&);
