CREATE TABLE bookings (
    id INTEGER PRIMARY KEY,
    days DATERANGE NOT NULL
);

INSERT INTO bookings (id, days) VALUES
    (1, '[2026-03-01,2026-03-08)'),
    (2, '[2026-03-05,2026-03-10)');
