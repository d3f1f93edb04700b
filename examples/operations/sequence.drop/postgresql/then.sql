-- What the application does for each order.
SELECT nextval('order_numbers');
