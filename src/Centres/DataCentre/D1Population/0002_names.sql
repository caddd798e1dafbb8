-- The names that persons bear, each once with each of its readings: a clerk finds a person by pinyin or its initials.
-- Far fewer names than persons, and a name reads the same for all who bear it.
create table population.name_reading (
    name text collate "C" not null,
    pinyin text collate "C" not null,
    initials text collate "C" not null,
    primary key (name, pinyin)
);
create index name_reading_pinyin on population.name_reading (pinyin, name);
create index name_reading_initials on population.name_reading (initials, name);
