-- case: history
CREATE TABLE t (id int);
-- case: migration
-- DROP TABLE t;
/* DROP TABLE t;
   /* nested */ DROP TABLE t; */
-- case: expect
