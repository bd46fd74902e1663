insert into pony values ('Merlin', 1), ('Ålfur', 2);
