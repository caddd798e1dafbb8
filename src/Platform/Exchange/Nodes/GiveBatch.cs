using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>The rows of one batch on their way into the registry.</summary>
internal sealed class GiveBatch
{
    private readonly List<byte[]> _hashes = [];
    private readonly List<byte[]> _goneHashes = [];
    private readonly int[] _unfilled;
    private readonly KeyMaker _keys;

    private GiveBatch(ResourceDefinition resource, RowIdentity identity, GiveBody body, TimeProvider time)
    {
        (Resource, Identity, Mapping) = (resource, identity, new([.. body.Fields]));
        _unfilled = [.. Mapping.Sources(resource).Select((column, i) => (column, i)).Where(pair => pair.column < 0).Select(pair => pair.i)];
        _keys = new(time);
        Chunk = new(Math.Max(1, body.Rows.Count));
    }

    public ResourceDefinition Resource { get; }

    public RowIdentity Identity { get; }

    public ColumnMapping Mapping { get; }

    /// <summary>The rows as they stand.</summary>
    public Chunk Chunk { get; }

    /// <summary>Rows that only name what is gone.</summary>
    public List<LoadRow> Gone { get; } = [];

    /// <summary>Over all rows, as they were sent.</summary>
    public byte[] Digest { get; private set; } = [];

    public static GiveBatch Of(ResourceDefinition resource, RowIdentity identity, GiveBody body, SignatureSuite suite, TimeProvider time)
    {
        var batch = new GiveBatch(resource, identity, body, time);
        batch.Fill(body, new(suite), time);
        return batch;
    }

    public void MakeNew(LoadRow row)
    {
        if (row.Key.Length == 0)
        {
            row.Key = _keys.Next();
        }

        row.Digest = RecordDigest.Of(Resource, row.Key, row.Version, RecordDigest.Inserted, row.Values, row.ValidFrom, row.ValidTo);
    }

    /// <summary>Forgets what the recorded data said of the rows.</summary>
    public void Reconsider()
    {
        foreach (var row in Chunk.Rows)
        {
            row.Reconsider(_unfilled);
        }

        foreach (var row in Gone)
        {
            row.Reconsider([]);
        }
    }

    /// <summary>What became of the rows.</summary>
    public GiveOutcome Outcome(DateTimeOffset at, string? act)
    {
        var fates = Chunk.Rows.Concat(Gone).CountBy(row => row.Fate).ToDictionary();
        var refused = Refused(Chunk.Rows, false, _hashes).Concat(Refused(Gone, true, _goneHashes));
        return new(
            new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), at.Offset),
            new(fates.GetValueOrDefault(Fate.New), fates.GetValueOrDefault(Fate.Changed), fates.GetValueOrDefault(Fate.Unchanged), fates.GetValueOrDefault(Fate.Gone), fates.GetValueOrDefault(Fate.Bad)),
            [.. refused],
            act,
            Digest);
    }

    private static IEnumerable<RefusedRow> Refused(IEnumerable<LoadRow> rows, bool gone, List<byte[]> hashes) =>
        from each in rows.Select((row, i) => (Row: row, Place: i))
        where each.Row.Fate == Fate.Bad
        select new RefusedRow(
            each.Place, gone, hashes[each.Place], [.. each.Row.Reasons.Select(reason => new RowReason(reason.Code, reason.Field, reason.Sentence))]);

    private void Fill(GiveBody body, RowDigest digest, TimeProvider time)
    {
        var check = new RowCheck(Resource, Mapping, body.Fields, fromSheet: false);
        var order = RowDigest.OrderOf(body.Fields);
        var validFrom = Resource.ValidTime ? time.Today() : (DateOnly?)null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var values in body.Rows)
        {
            _hashes.Add(digest.Row(body.Fields, order, values));
            var row = Chunk.Next;
            row.Clear(Resource.Fields.Count);
            Fill(row.Source, values, _hashes.Count);
            row.ValidFrom = validFrom;
            check.Check(row.Source, row.Values, row.Reasons);
            if (row.Reasons.Count > 0)
            {
                row.Fate = Fate.Bad;
            }
            else
            {
                row.Key = Identity.KeyPosition >= 0 ? Identity.KeyText(row.Values) : "";
                Once(seen, row);
            }

            row.Settle();
            Chunk.Take();
        }

        var keyOrder = RowDigest.OrderOf(body.KeyFields);
        foreach (var values in body.Gone)
        {
            _goneHashes.Add(digest.GoneRow(body.KeyFields, keyOrder, values));
            Gone.Add(GoneRow(values, seen));
        }

        _hashes.ForEach(digest.Add);
        _goneHashes.ForEach(digest.Add);
        Digest = digest.Total();
    }

    private LoadRow GoneRow(string?[] values, HashSet<string> seen)
    {
        var row = new LoadRow();
        row.Clear(Resource.Fields.Count);
        Fill(row.Source, values, _goneHashes.Count);
        for (var i = 0; i < values.Length; i++)
        {
            var position = Identity.Positions[i];
            var field = Resource.Fields[position];
            if (field.Type.TryParse(field, values[i], out var value, out var refusals) && value is not null)
            {
                row.Values[position] = value;
                continue;
            }

            foreach (var refusal in refusals.Any ? refusals : Refusals.Of(new Refusal("REG-F02", field.Name, NodeText.KeyMissing(field.Label))))
            {
                row.Refuse(refusal);
            }
        }

        if (row.Fate == Fate.Good)
        {
            Once(seen, row);
        }

        row.Settle();
        return row;
    }

    /// <summary>A batch says one thing of a record: what would be first of two is not for anybody to guess.</summary>
    private void Once(HashSet<string> seen, LoadRow row)
    {
        if (!seen.Add(Identity.Word(row.Values)))
        {
            row.Refuse(new("NODE-R01", Resource.Fields[Identity.Positions[0]].Name, NodeText.TwiceInBatch(Identity.Labels)));
        }
    }

    private static void Fill(SourceRow row, string?[] values, int ordinal)
    {
        row.Clear(values.Length);
        (row.Ordinal, row.Number) = (ordinal, ordinal);
        for (var i = 0; i < values.Length; i++)
        {
            row.Set(i, values[i]);
        }
    }
}
