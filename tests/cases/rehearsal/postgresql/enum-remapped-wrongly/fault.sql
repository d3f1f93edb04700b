CREATE TYPE status_new AS ENUM ('new', 'paid', 'sent', 'open');
ALTER TABLE orders ALTER COLUMN status TYPE status_new USING (CASE status WHEN 'paid' THEN 'sent' WHEN 'sent' THEN 'paid' ELSE 'open' END)::status_new;
DROP TYPE status;
ALTER TYPE status_new RENAME TO status;
