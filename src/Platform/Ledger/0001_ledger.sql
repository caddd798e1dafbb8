-- The books. What is written here is never changed and never deleted; the records around it (accounts, bills,
-- payments ...) are resources of the registry in the same schema, so that one transaction holds both.
create schema if not exists ledger;

-- One business event. Its request makes it happen once. Its sum repeats that of its postings, for the check.
create table ledger.entry (
    id bigint generated always as identity primary key,
    act bigint not null,
    request text collate "C" not null unique,
    kind text not null,
    day date not null,
    at timestamptz not null,
    about text collate "C" not null,
    memo text not null,
    total bigint not null check (total > 0),
    lines smallint not null check (lines > 0),
    -- An entry is reversed at most once, by a new one.
    reverses bigint unique
);
create index entry_about on ledger.entry (about, id);
create index entry_act on ledger.entry (act);
create index entry_day on ledger.entry (day, id);
comment on table ledger.entry is 'act: number of the act in ledger.act, whose record ledger/batch seals the entry by its digest; day: accounting day';

-- A posting carries both its sides: the amount leaves one account and enters another in the same row. So debits equal
-- credits in every entry, every batch and the whole, by the shape of the row; no row can be written that breaks it.
create table ledger.posting (
    entry bigint not null,
    line smallint not null,
    day date not null,
    debit text collate "C" not null,
    credit text collate "C" not null,
    amount bigint not null check (amount > 0),
    primary key (entry, line),
    check (debit <> credit)
);
create index posting_debit on ledger.posting (debit, day, entry);
create index posting_credit on ledger.posting (credit, day, entry);

-- Sums of each account and day. They are moved here from "fresh" in batches, so that writers never wait for one
-- another at a busy account: a writer only appends. A balance is the sums plus what is fresh, read in one statement.
create table ledger.turnover (
    account text collate "C" not null,
    day date not null,
    debit bigint not null,
    credit bigint not null,
    primary key (account, day),
    check (debit >= 0 and credit >= 0)
) with (fillfactor = 50);

create table ledger.fresh (
    account text collate "C" not null,
    day date not null,
    debit bigint not null,
    credit bigint not null
);
create index fresh_account on ledger.fresh (account);

-- Up to which day the books are closed: an entry falls on its own day or, when that is closed, on the first open one.
create table ledger.closed (
    one boolean primary key default true check (one),
    upto date not null
);
insert into ledger.closed (upto) values ('2000-01-01');

-- What channels say of a day, line by line, as their statement files said it.
create table ledger.statement_line (
    channel text collate "C" not null,
    day date not null,
    line int not null,
    kind text not null,
    number text collate "C" not null,
    transaction text collate "C" not null,
    amount bigint not null,
    at timestamptz not null,
    primary key (channel, day, line)
);

create sequence ledger.bill_number;
create sequence ledger.receipt_number;

-- How far each listener has heard what became of bills.
create table ledger.listener (
    name text primary key,
    position bigint not null,
    ordinal int not null
);

-- Append-only is a right that nobody holds, the application neither.
revoke update, delete, truncate on ledger.entry, ledger.posting, ledger.statement_line from current_user;
create index statement_transaction on ledger.statement_line (channel, transaction);
