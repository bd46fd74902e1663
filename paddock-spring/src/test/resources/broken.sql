SELECT 1;
CREATE TABEL pony (name text);
