ALTER TABLE docs ALTER COLUMN ref TYPE uuid USING md5(ref)::uuid;
