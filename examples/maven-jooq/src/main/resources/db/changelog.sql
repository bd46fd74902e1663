--liquibase formatted sql

--changeset stable:1
CREATE TABLE pony (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);
