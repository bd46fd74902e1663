insert into orders (item) values ('saddle');
