CREATE TYPE status_new AS ENUM ('new', 'paid', 'sent', 'open');
ALTER TABLE orders ALTER COLUMN status TYPE status_new USING status::text::status_new;
DROP TYPE status;
ALTER TYPE status_new RENAME TO status;
