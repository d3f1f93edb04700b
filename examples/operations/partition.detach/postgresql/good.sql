-- outside a transaction
ALTER TABLE plans DETACH PARTITION plans_2025 CONCURRENTLY;
