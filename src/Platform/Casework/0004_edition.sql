-- As registry.edition: rises with every published case type, seen with its commit.
create table casework.edition (single boolean primary key default true check (single), number bigint not null);
insert into casework.edition (number) select last_value from casework.generation;
drop sequence casework.generation;
