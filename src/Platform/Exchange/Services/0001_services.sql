-- Existing services of offices that are reached through the gateway: what is secret of them, and how the last test of the connection
-- came out. What a service is stands in the resource exchange/service.
create schema if not exists exchange;

create table exchange.service_credential (
    service text collate "C" primary key,
    -- Sealed under the master key.
    secret bytea not null
);

create table exchange.service_check (
    service text collate "C" primary key,
    at timestamptz not null,
    ok boolean not null,
    words text not null,
    milliseconds int not null
);
