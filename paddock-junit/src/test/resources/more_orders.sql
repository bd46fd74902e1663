insert into orders (item) values ('bridle');
