GRANT SELECT ON recipes TO analytics;
