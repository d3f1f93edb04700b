ALTER TABLE recipes RENAME COLUMN note TO remark;
