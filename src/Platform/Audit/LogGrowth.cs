using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>What one commit adds to the log, given where it stood: records, finished subtrees, the new head.</summary>
internal sealed class LogGrowth
{
    private readonly IReadOnlyList<LogRecord> _records;
    private readonly List<int> _levels = [];
    private readonly List<long> _places = [];
    private readonly List<byte[]> _hashes = [];

    public LogGrowth(CompactRange head, IReadOnlyList<LogRecord> records)
    {
        _records = records;
        Begin = head.Size;
        Range = head.Copy();
        foreach (var record in records)
        {
            Range.Append(record.Leaf, Keep);
        }
    }

    /// <summary>The index of the first record.</summary>
    public long Begin { get; }

    public CompactRange Range { get; }

    /// <summary>To be run together: all or nothing.</summary>
    public IEnumerable<Sql> Statements
    {
        get
        {
            yield return Insert();
            if (_levels.Count > 0)
            {
                yield return $"""
                    insert into audit.node (level, index, hash)
                    select * from unnest({_levels.ToArray()}, {_places.ToArray()}, {_hashes.ToArray()})
                    """;
            }

            foreach (var places in _records.Select((record, i) => (record.Act, Index: Begin + i))
                .Where(record => record.Act is not null)
                .GroupBy(record => record.Act!.Value.Schema, StringComparer.Ordinal))
            {
                yield return ActSequence.Place(
                    places.Key, [.. places.Select(place => place.Act!.Value.Id)], [.. places.Select(place => place.Index)]);
            }
        }
    }

    /// <summary>Levels 8, 16, 24 ... are kept: with the leaves they give every other node in a few hashes.</summary>
    private void Keep(int level, long place, byte[] hash)
    {
        if (level % LogTree.Step == 0)
        {
            _levels.Add(level);
            _places.Add(place);
            _hashes.Add(hash);
        }
    }

    /// <summary>
    /// The head moves only from where it was believed to be. If it is not there, the records have no index, and the database
    /// refuses them and all that goes with them.
    /// </summary>
    private Sql Insert()
    {
        var count = _records.Count;
        var (ats, kinds, whos) = (new DateTime[count], new string[count], new string[count]);
        var (resources, subjects) = (new string?[count], new string?[count]);
        var (leaves, bodies) = (new byte[count][], new byte[count][]);
        for (var i = 0; i < count; i++)
        {
            var record = _records[i];
            (ats[i], kinds[i], whos[i]) = (record.At.UtcDateTime, record.Kind, record.WhoId);
            (resources[i], subjects[i]) = (record.Resource, record.Subjects);
            (leaves[i], bodies[i]) = (record.Leaf, record.Body);
        }

        return $"""
            with moved as (
                update audit.head set size = {Range.Size}, range = {Range.ToBytes()} where one and size = {Begin} returning one)
            insert into audit.record (index, at, kind, who_id, resource, subjects, leaf, body)
            select case when exists (select from moved) then {Begin - 1} + n end, at, kind, who_id, resource, string_to_array(subjects, E'\x1f'), leaf, body
            from unnest({ats}, {kinds}, {whos}, {resources}, {subjects}, {leaves}, {bodies})
                with ordinality as r(at, kind, who_id, resource, subjects, leaf, body, n)
            """;
    }
}
