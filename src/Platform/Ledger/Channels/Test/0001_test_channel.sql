-- A payment channel for demonstration: what a bank would keep on its side. It shares nothing with the ledger but calls.
create schema test_channel;

create table test_channel.key (one boolean primary key default true check (one), secret bytea not null);

create table test_channel.payment (
    number text collate "C" primary key,
    bill text not null,
    amount bigint not null,
    subject text not null,
    state text not null,
    choice text,
    asked_at timestamptz not null
);

create table test_channel.movement (
    transaction text collate "C" primary key,
    kind text not null,
    number text collate "C" not null,
    bill text not null,
    amount bigint not null,
    day date not null,
    at timestamptz not null
);
create index movement_number on test_channel.movement (number);
create index movement_day on test_channel.movement (day);

-- Notifications to send; "due" in the far future means that somebody must release it by hand.
create table test_channel.notice (
    id bigint generated always as identity primary key,
    number text collate "C" not null,
    body text not null,
    due timestamptz not null,
    sent_at timestamptz,
    tries int not null default 0,
    answer text
);
create index notice_due on test_channel.notice (due) where sent_at is null;
