CREATE VIEW order_total AS
SELECT l.orders, sum(l.quantity * p.price) AS total FROM order_line l JOIN product p ON p.id = l.product GROUP BY l.orders;
