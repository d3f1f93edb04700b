CLUSTER items USING items_pkey;
