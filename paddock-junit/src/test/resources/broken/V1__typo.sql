create table customers (id int primary key);
create tabel typo (id int);
