-- Definitions of resources, every version of each, and code lists. The tables of the resources themselves are
-- derived from the definitions (Shape.cs).
create schema registry;

create table registry.definition (
    id text collate "C" not null,
    version int not null,
    body jsonb not null,
    who_id text not null,
    who_name text not null,
    at timestamptz not null,
    primary key (id, version)
);

create table registry.code_list (
    name text collate "C" primary key,
    body jsonb not null,
    who_id text not null,
    at timestamptz not null
);

-- Rises with every published change: other nodes see by it that they must read again.
create sequence registry.generation;
