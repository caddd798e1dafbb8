-- Which organisation code stands behind a number of before: registration numbers, tax and insurance numbers, as the base of legal
-- entities tells them (read by grant, nightly and where a number is met that is not known), and the codes of entities that the market
-- regulator does not register.
create schema if not exists enterprises;

create table enterprises.crosswalk (
    number text collate "C" primary key,
    organisation text collate "C" not null
);

-- Who represents a firm and has died: number, name and day, nothing else. A number may stand at two people.
create table enterprises.death (
    number text collate "C" not null,
    name text collate "C" not null,
    died_on date not null,
    primary key (number, name)
);

-- How far the comparison has come, and what stands for a person's number where the number may not stand.
create table enterprises.comparison (
    one boolean primary key default true check (one),
    position bigint not null default -1,
    whole_at timestamptz,
    whole_seconds double precision,
    wanted_at timestamptz,
    salt text not null default md5(gen_random_uuid()::text)
);
insert into enterprises.comparison default values;
