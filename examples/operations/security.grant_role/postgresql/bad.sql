GRANT SELECT ON recipes TO reporting;
