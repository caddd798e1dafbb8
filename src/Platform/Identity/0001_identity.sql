-- Accounts, sessions and keys of sign-on. Offices, posts and changes of role rights are registry resources
-- (identity/office, identity/post, identity/role-right): their tables follow from their definitions.
create schema if not exists identity;

create table identity.account (
    id text primary key,
    login text not null unique,
    name text not null,
    person text unique,
    password_hash text not null,
    password_changed_at timestamptz not null,
    password_change_due boolean not null,
    created_at timestamptz not null,
    created_by text not null,
    last_sign_in_at timestamptz,
    disabled_at timestamptz,
    totp_secret bytea,
    totp_confirmed_at timestamptz,
    totp_step bigint not null default 0
);
create index account_name on identity.account (name);

create table identity.password_past (
    account text not null references identity.account (id),
    password_hash text not null,
    ended_at timestamptz not null,
    primary key (account, ended_at)
);

create table identity.passkey (
    credential bytea primary key,
    account text not null references identity.account (id),
    name text not null,
    data jsonb not null,
    created_at timestamptz not null,
    used_at timestamptz
);
create index passkey_account on identity.passkey (account);

-- Counted by login whether or not there is such an account: the answer to a wrong login and to a wrong password is
-- the same in every respect.
create table identity.sign_in_failure (
    login text primary key,
    failed int not null,
    last_at timestamptz not null,
    locked_until timestamptz
);

create table identity.session (
    id text primary key,
    secret_hash bytea not null unique,
    account text not null references identity.account (id),
    acting_as text,
    second_factor_at timestamptz,
    ceremony bytea,
    return_to text,
    address text not null,
    agent text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    ended_why text
);
create index session_account on identity.session (account) where ended_at is null;
create index session_ends on identity.session (ends_at);

create table identity.client (
    id text primary key,
    office text not null,
    name text not null,
    kind text not null check (kind in ('service', 'application')),
    scopes text[] not null,
    created_at timestamptz not null,
    created_by text not null,
    disabled_at timestamptz
);
create index client_office on identity.client (office);

create table identity.first_administrator (
    code_hash bytea primary key,
    created_at timestamptz not null,
    ends_at timestamptz not null,
    used_at timestamptz
);

create table identity.generation (
    single boolean primary key default true check (single),
    value bigint not null
);
insert into identity.generation (value) values (0);

create table identity.change (
    generation bigint primary key,
    mark text not null,
    at timestamptz not null
);

create table identity.key_ring (
    name text primary key,
    content bytea not null,
    created_at timestamptz not null
);

create table identity.signing_key (
    id text primary key,
    purpose text not null check (purpose in ('sign', 'encrypt')),
    protected bytea not null,
    created_at timestamptz not null
);
