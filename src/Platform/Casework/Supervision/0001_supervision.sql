-- How far the open clocks are worked out with the present edition of the calendar: one row.
create schema if not exists casework;
create table casework.recount (
    single boolean primary key default true check (single),
    signature text not null default '',
    after text collate "C" not null default '',
    done boolean not null default false
);
insert into casework.recount default values;
