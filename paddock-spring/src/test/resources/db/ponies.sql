--liquibase formatted sql

--changeset ponies:1
CREATE TABLE pony (id bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL);
INSERT INTO pony (name) VALUES ('Merlin');
