CREATE TABLE t (id INT NOT NULL, old_name TEXT, n INT, KEY n_key (n));
DELIMITER //
CREATE PROCEDURE drop_column_if_there(IN of_table VARCHAR(64), IN called VARCHAR(64))
BEGIN
    DECLARE there INT DEFAULT 0;
    SELECT COUNT(*) INTO there FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = of_table AND column_name = called;
    IF there > 0 THEN
        SET @text = CONCAT('ALTER TABLE `', of_table, '` DROP COLUMN `', called, '`');
        PREPARE run FROM @text;
        EXECUTE run;
        DEALLOCATE PREPARE run;
    ELSE
        SELECT CONCAT('there is no ', called);
    END IF;
END //
CREATE PROCEDURE whatever_happens()
BEGIN
    DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;
    ALTER TABLE t ADD COLUMN n INT;
    ALTER TABLE t ADD COLUMN m INT NOT NULL DEFAULT 3;
END //
DELIMITER ;
CALL drop_column_if_there('t', 'old_name');
CALL drop_column_if_there('t', 'old_name');
CALL whatever_happens();
DROP PROCEDURE drop_column_if_there;
DROP PROCEDURE whatever_happens;
