ALTER TYPE course RENAME VALUE 'dessert' TO 'sweet';
