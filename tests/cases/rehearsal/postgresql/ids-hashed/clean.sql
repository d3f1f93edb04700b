ALTER TABLE docs ALTER COLUMN ref TYPE uuid USING ref::uuid;
