alter table orders add shipped timestamptz;

create view open_orders as select id, item, quantity from orders where shipped is null;
