CREATE TYPE course_new AS ENUM ('starter', 'main');
ALTER TABLE recipes ALTER COLUMN course TYPE course_new USING (course::text::course_new);
ALTER TYPE course RENAME TO course_old;
ALTER TYPE course_new RENAME TO course;
DROP TYPE course_old;
