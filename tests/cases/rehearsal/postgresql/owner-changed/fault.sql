ALTER TABLE recipes OWNER TO reader;
