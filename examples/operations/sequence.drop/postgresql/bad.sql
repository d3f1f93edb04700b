DROP SEQUENCE order_numbers;
