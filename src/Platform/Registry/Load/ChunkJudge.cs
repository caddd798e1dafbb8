using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// The rows of a chunk against what is already recorded: which record each means, whether it changes anything, and
/// what speaks against it. One query for the whole chunk where the definition allows it.
/// </summary>
internal sealed class ChunkJudge(
    ResourceDefinition resource, RowIdentity identity, ColumnMapping mapping, Filter? scope, Func<string, ResourceDefinition?> resources)
{
    private readonly Plan _plan = Plan.Of(resource);
    private readonly int[] _sources = mapping.Sources(resource);
    private readonly int[] _masked =
        [.. Enumerable.Range(0, resource.Fields.Count).Where(i => ReadView.MaskOf(resource.Fields[i]) != MaskShape.None)];

    /// <summary>
    /// Settles the fate of every row. With <paramref name="writing"/> the records found are locked, and links within
    /// the resource are followed.
    /// </summary>
    public async Task Judge(Session session, Chunk chunk, bool allNew, bool writing, Action<LoadRow> makeNew, CancellationToken cancel)
    {
        var rows = chunk.Rows.Where(row => row.Fate == Fate.Good).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        if (!allNew)
        {
            await Find(session, rows, writing, cancel);
            await Unique(session, rows, cancel);
        }

        Within(rows);
        await Links(session, rows, writing, cancel);
        await Files(session, rows, cancel);
        var fresh = rows.Where(row => row.Fate == Fate.Good).ToList();
        if (!allNew && fresh.Count > 0 && (identity.Kind != IdentityKind.Match || resource.Key is not null))
        {
            await Versions(session, fresh, cancel);
        }

        foreach (var row in fresh)
        {
            row.Fate = Fate.New;
            if (row.Digest is null || row.Version > 1)
            {
                makeNew(row);
            }
        }
    }

    private async Task Find(Session session, List<LoadRow> rows, bool writing, CancellationToken cancel)
    {
        var found = new Dictionary<string, Record?>(rows.Count, StringComparer.Ordinal);
        foreach (var record in await session.List(Existing(rows, writing), _plan.Read, cancel))
        {
            var word = identity.Kind == IdentityKind.Content ? record.Key : identity.Word(record.Values);
            // Two records of the same match value: the row does not say which it means.
            found[word] = found.ContainsKey(word) ? null : record;
        }

        foreach (var row in rows)
        {
            if (!found.TryGetValue(identity.Kind == IdentityKind.Content ? row.Key : identity.Word(row.Values), out var record))
            {
                continue;
            }

            if (record is null)
            {
                row.Refuse(new("LOAD-R12", resource.Fields[identity.Positions[0]].Name, Text.SeveralRecords(identity.Labels)));
            }
            else
            {
                Compare(row, record);
            }
        }
    }

    private void Compare(LoadRow row, Record record)
    {
        row.Before = record;
        if (identity.Kind == IdentityKind.Content)
        {
            // The record was made from this very row; what was done to it since then stands.
            row.Fate = Fate.Unchanged;
            return;
        }

        for (var i = 0; i < row.Values.Length; i++)
        {
            // A file says nothing about fields that it has no column for.
            if (_sources[i] < 0)
            {
                row.Values[i] = record.Values[i];
            }
        }

        if (row.Values.AsSpan().SequenceEqual(record.Values))
        {
            row.Fate = Fate.Unchanged;
            return;
        }

        if (identity.KeyPosition >= 0 && identity.KeyText(row.Values) != record.Key)
        {
            row.Refuse(new("LOAD-R13", resource.Key!, Text.KeyDiffers(resource.Field(resource.Key!)!.Label, record.Key)));
            return;
        }

        foreach (var i in _masked)
        {
            if (MaskedBack(_plan.Fields[i], record.Values[i], row.Values[i]))
            {
                row.Refuse(new("LOAD-R15", _plan.Fields[i].Name, Text.MaskedBack(_plan.Fields[i].Label)));
            }
        }

        if (row.Fate == Fate.Bad)
        {
            return;
        }

        row.Fate = Fate.Changed;
        row.Key = record.Key;
        row.Version = record.Version + 1;
        row.ValidFrom = record.ValidFrom;
        row.ValidTo = record.ValidTo;
        row.Digest = RecordDigest.Of(resource, row.Key, row.Version, RecordDigest.Updated, row.Values, row.ValidFrom, row.ValidTo);
    }

    // A file that was exported masked and comes back would destroy the real values.
    private static bool MaskedBack(FieldDefinition field, object? before, object? given) =>
        before is string was && given is string now && was != now && now == Masks.Apply(ReadView.MaskOf(field), was);

    /// <summary>Nobody writes, or learns by loading of, a record that he could not read.</summary>
    private void Within(List<LoadRow> rows)
    {
        if (scope is null)
        {
            return;
        }

        foreach (var row in rows.Where(row => row.Fate != Fate.Bad && !(Holds(row.Values) && (row.Before is null || Holds(row.Before.Values)))))
        {
            row.Refuse(new("LOAD-R14", resource.ScopeField ?? "", Text.OutOfScope));
        }
    }

    private bool Holds(object?[] values) => Registry.Pages.Scope.Holds(
        scope,
        name => _plan.Fields[_plan.Position(name)] is var field ? field.Type.Write(field, values[_plan.Position(name)]) : "");

    /// <summary>
    /// What ends: rows that carry only what names a record. Those whose record is not there have nothing to end.
    /// </summary>
    public async Task JudgeGone(Session session, List<LoadRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var found = (await session.List(Existing(rows, writing: true), _plan.Read, cancel))
            .GroupBy(record => identity.Word(record.Values), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var row in rows)
        {
            switch (found.GetValueOrDefault(identity.Word(row.Values)))
            {
                case null:
                    row.Fate = Fate.Unchanged;
                    break;
                case [var record]:
                    (row.Fate, row.Before, row.Key, row.Version) = (Fate.Gone, record, record.Key, record.Version + 1);
                    row.Digest = RecordDigest.Of(record, RecordDigest.Deleted, row.Version);
                    break;
                default:
                    row.Refuse(new("LOAD-R12", resource.Fields[identity.Positions[0]].Name, Text.SeveralRecords(identity.Labels)));
                    break;
            }
        }
    }

    private Sql Existing(List<LoadRow> rows, bool writing)
    {
        var select = Sql.Of($"select {Sql.Trusted(_plan.Columns)} from {Sql.Trusted(_plan.Table)} where ");
        if (identity.Kind == IdentityKind.Content)
        {
            select += Sql.Of($"{Sql.Trusted(_plan.KeyColumn)} = any({rows.Select(row => row.Key).ToArray()})");
        }
        else if (identity.Positions.Length == 1)
        {
            var position = identity.Positions[0];
            select += Sql.Of($"{Sql.Name(_plan.Fields[position].Name)} = any({Values(rows, position)})");
        }
        else
        {
            var names = identity.Positions.Select(position => Sql.Name(_plan.Fields[position].Name));
            var values = identity.Positions.Select(position => Values(rows, position));
            select += Sql.Of($"({Sql.Join(", ", names)}) in (select * from unnest({Sql.Join(", ", values)}))");
        }

        // In the order of the keys: two writers that meet wait for each other instead of locking each other out.
        return writing ? select + Sql.Of($" order by {Sql.Trusted(_plan.KeyColumn)} for update") : select;
    }

    private async Task Unique(Session session, List<LoadRow> rows, CancellationToken cancel)
    {
        for (var i = 0; i < _plan.Fields.Length; i++)
        {
            var field = _plan.Fields[i];
            if (!field.Unique || (identity.Positions.Length == 1 && identity.Positions[0] == i))
            {
                continue;
            }

            var asking = rows.Where(row => row.Fate is Fate.Good or Fate.Changed && row.Values[i] is not null).ToList();
            if (asking.Count == 0)
            {
                continue;
            }

            var position = i;
            var taken = (await session.List(
                $"""
                select {Sql.Trusted(_plan.KeyColumn)}, {Sql.Name(field.Name)} from {Sql.Trusted(_plan.Table)}
                where {Sql.Name(field.Name)} = any({Values(asking, position)})
                """,
                row => (Key: row.GetString(0), Value: field.Type.Read(row, 1)!),
                cancel)).ToLookup(pair => pair.Value, pair => pair.Key);
            foreach (var row in asking)
            {
                if (taken[row.Values[i]!].Any(key => row.Before is null || key != row.Before.Key))
                {
                    row.Refuse(new("REG-W05", field.Name, Text.ValueTaken(field.Label)));
                }
            }
        }
    }

    private async Task Links(Session session, List<LoadRow> rows, bool writing, CancellationToken cancel)
    {
        for (var i = 0; i < _plan.Fields.Length; i++)
        {
            var field = _plan.Fields[i];
            if (field.Target is null || _sources[i] < 0 || resources(field.Target) is not { } target || target.Schema != resource.Schema
                || (target.Id == resource.Id && !writing))
            {
                continue;
            }

            var asking = rows.Where(row => row.Fate is Fate.Good or Fate.Changed && row.Values[i] is string).ToList();
            var keys = asking.Select(row => (string)row.Values[i]!).Distinct(StringComparer.Ordinal).ToArray();
            var there = (await session.List(
                $"select {Sql.Name(target.KeyColumn)} from {Sql.Trusted(Plan.Of(target).Table)} where {Sql.Name(target.KeyColumn)} = any({keys})",
                row => row.GetString(0),
                cancel)).ToHashSet(StringComparer.Ordinal);
            if (target.Id == resource.Id)
            {
                there.UnionWith(rows.Where(row => row.Fate == Fate.Good).Select(row => row.Key));
            }

            foreach (var row in asking.Where(row => !there.Contains((string)row.Values[i]!)))
            {
                row.Refuse(new("REG-W06", field.Name, Text.NoTarget(field.Label)));
            }
        }
    }

    private async Task Files(Session session, List<LoadRow> rows, CancellationToken cancel)
    {
        for (var i = 0; i < _plan.Fields.Length; i++)
        {
            var field = _plan.Fields[i];
            if (field.Type.Name != FieldKind.File || _sources[i] < 0)
            {
                continue;
            }

            var asking = rows.Where(row => row.Fate is Fate.Good or Fate.Changed && row.Values[i] is string).ToList();
            var addresses = asking.Select(row => (string)row.Values[i]!).Distinct(StringComparer.Ordinal).ToArray();
            var there = (await session.List(
                $"select sha256 from registry.file where sha256 = any({addresses})", row => row.GetString(0), cancel)).ToHashSet(StringComparer.Ordinal);
            foreach (var row in asking.Where(row => !there.Contains((string)row.Values[i]!)))
            {
                row.Refuse(new("REG-F22", field.Name, Registry.Text.NoFile(field.Label)));
            }
        }
    }

    /// <summary>A key that stood here before and was deleted goes on counting: history has one line.</summary>
    private async Task Versions(Session session, List<LoadRow> rows, CancellationToken cancel)
    {
        var last = (await session.List(
            $"""
            select key, max(version) from {Sql.Name(resource.Schema, "journal")}
            where resource = {resource.Id} and key = any({rows.Select(row => row.Key).ToArray()}) group by key
            """,
            row => (Key: row.GetString(0), Version: row.GetInt32(1)),
            cancel)).ToDictionary(pair => pair.Key, pair => pair.Version, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            row.Version = last.GetValueOrDefault(row.Key) + 1;
        }
    }

    private Sql Values(List<LoadRow> rows, int position)
    {
        var type = _plan.Fields[position].Type;
        var values = Array.CreateInstance(type.ClrType, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            values.SetValue(rows[i].Values[position], i);
        }

        return Sql.Value(values, NpgsqlDbType.Array | type.DbType);
    }
}
