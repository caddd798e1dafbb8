-- How far the making of a demo city has got, so that a start that was broken off goes on where it stopped.
create schema if not exists demo;

create table demo.city (
    one boolean primary key default true check (one),
    people int not null,
    seed bigint not null,
    today date not null,
    started_at timestamptz not null,
    finished_at timestamptz
);

create table demo.stage (
    name text primary key,
    done_at timestamptz not null
);

-- Indexes that are rebuilt at the end: millions of rows come in faster without them.
create table demo.set_aside (
    name text primary key,
    definition text not null
);
