CREATE TABLE plans (
    day DATE NOT NULL,
    dish TEXT NOT NULL
) PARTITION BY RANGE (day);

CREATE TABLE plans_2025 PARTITION OF plans FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

INSERT INTO plans (day, dish) VALUES ('2025-03-01', 'Soup'), ('2025-03-02', 'Bread');

CREATE TABLE plans_2026 (
    day DATE NOT NULL,
    dish TEXT NOT NULL
);

INSERT INTO plans_2026 (day, dish) VALUES ('2026-05-01', 'Curry');
