CREATE TYPE order_state AS ENUM ('open', 'paid', 'shipped');
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer bigint NOT NULL REFERENCES customer,
    state order_state NOT NULL DEFAULT 'open',
    placed timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_by_customer ON orders (customer, placed);
CREATE TABLE order_line (
    orders bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    position integer NOT NULL,
    product bigint NOT NULL REFERENCES product,
    quantity integer NOT NULL DEFAULT 1,
    PRIMARY KEY (orders, position)
);
