-- Private keys of the authority and of the offices' seals. They are sealed by the key ring of the platform, which is
-- itself sealed under the master key; what is public about a certificate stands in the resource documents/certificate.
create schema if not exists documents;

create table documents.certificate_key (
    serial text collate "C" primary key,
    use text not null,
    office text not null,
    issuer text not null,
    certificate bytea not null,
    sealed bytea not null,
    not_after timestamptz not null,
    at timestamptz not null
);

create index on documents.certificate_key (use, office, at desc);
