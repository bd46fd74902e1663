CREATE TABLE pony (name text PRIMARY KEY, arrived timestamptz NOT NULL DEFAULT now());
