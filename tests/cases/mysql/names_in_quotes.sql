CREATE TABLE `a b` (`x y` INT, `key` INT, `it``s` INT, PRIMARY KEY (`x y`));
ALTER TABLE `a b` DROP `key`;
