create table pony (
    id bigint generated always as identity primary key,
    name text not null unique
);
insert into pony (name) values ('Merlin');
