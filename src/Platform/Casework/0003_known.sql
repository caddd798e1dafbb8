-- What the government knew of the applicant when the draft was begun: value and source by code. Gone with the draft.
alter table casework.draft add column known jsonb not null default '{}';
alter table casework.draft add column known_at timestamptz;
