INSERT INTO hits VALUES ('2025-05-01', 'a'), ('2026-05-01', 'b');
