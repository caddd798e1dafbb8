-- Rises with every published definition. A row and not a sequence: what a sequence says is seen before the commit, and a
-- node that read at that moment never read again.
create table registry.edition (single boolean primary key default true check (single), number bigint not null);
insert into registry.edition (number) select last_value from registry.generation;
drop sequence registry.generation;
