create table orders (
    id int primary key generated always as identity,
    item text not null,
    quantity int not null check (quantity > 0)
);
