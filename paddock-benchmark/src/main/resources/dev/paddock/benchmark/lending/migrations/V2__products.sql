CREATE TABLE product (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    title text NOT NULL,
    price numeric(10, 2) NOT NULL CHECK (price > 0)
);
INSERT INTO product (sku, title, price)
SELECT 'SKU-' || n, 'Product number ' || n, 1 + n % 97 FROM generate_series(1, 500) AS n;
