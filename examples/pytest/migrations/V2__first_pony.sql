INSERT INTO pony (name) VALUES ('Ada');
