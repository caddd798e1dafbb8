-- Indexes of clocks that others have taken the place of (CaseIndexes).
drop index if exists casework.clock_open, casework.clock_ended;
