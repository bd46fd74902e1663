create table pony (name text primary key, stall int not null unique);
