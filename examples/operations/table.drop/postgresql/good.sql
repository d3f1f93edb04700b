-- Nothing reads or writes it any more. The drop follows one release later, after a verified backup.
ALTER TABLE recipes RENAME TO recipes_retired;
