-- The table stays until nobody misses it.
ALTER TABLE plans DETACH PARTITION plans_2025;
