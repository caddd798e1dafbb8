using System.Runtime.CompilerServices;
using System.Text.Json;
using Shali.FrontNode.Databases;
using Shali.FrontNode.Giving.Replication;
using Shali.Platform.Registry.Load;

namespace Shali.FrontNode.Giving;

/// <summary>A column of a source as it is now.</summary>
public sealed record SourceColumn(string Name, string Type);

/// <summary>One row of a source. The cells stand in the order in which they were asked for.</summary>
/// <param name="Fault">Why the row could not be read; null: it could.</param>
/// <param name="Mark">Its value of the watermark column.</param>
internal sealed record ReadRow(string?[] Cells, string? Fault, string? Mark);

/// <summary>The department's own rows, which nobody here changes.</summary>
internal abstract class Source : IAsyncDisposable
{
    /// <summary>All columns that are there now.</summary>
    public abstract Task<IReadOnlyList<SourceColumn>> Columns(CancellationToken cancel);

    /// <param name="wanted">Names of columns that are there.</param>
    /// <param name="since">Only rows from this mark on; null: all.</param>
    public abstract IAsyncEnumerable<ReadRow> Rows(IReadOnlyList<string> wanted, string? watermark, string? since, int overlap, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    public static async Task<Source> Open(PlaceSettings place, CancellationToken cancel) => place switch
    {
        { Kind: "files" } => new FileSource(place.Folder, place.Pattern),
        { Changes: not null } => await ReplicatedTable.OpenAt(place, cancel),
        _ => new TableSource(Engine.Find(place.Kind)!, await Engine.Find(place.Kind)!.Open(place, cancel), place.Table),
    };

    /// <summary>
    /// What is no longer as it was: a column that is mapped and gone, or is of another type. A column that came newly hurts nobody.
    /// </summary>
    /// <param name="kept">JSON of the columns as they were; null: never seen.</param>
    public static IReadOnlyList<string> Drift(string? kept, IReadOnlyList<SourceColumn> now, IReadOnlyCollection<string> wanted)
    {
        var types = now.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        var before = kept is null ? [] : JsonSerializer.Deserialize<SourceColumn[]>(kept)!.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return
        [
            .. from name in wanted
               where !types.ContainsKey(name)
               select Text.ColumnGone(name),
            .. from name in wanted
               where types.ContainsKey(name) && before.TryGetValue(name, out var was) && was != types[name]
               select Text.ColumnChanged(name, before[name], types[name]),
        ];
    }
}

/// <summary>A folder of CSV files and workbooks: together they are what there is now.</summary>
internal sealed class FileSource(string folder, string pattern) : Source
{
    private static readonly LoadLimits Limits = new();

    public override Task<IReadOnlyList<SourceColumn>> Columns(CancellationToken cancel)
    {
        IReadOnlyList<SourceColumn>? columns = null;
        foreach (var file in Files())
        {
            using var rows = Open(file);
            columns = columns is null ? [.. rows.Columns.Select(name => new SourceColumn(name, "text"))]
                : [.. columns.Where(column => rows.Columns.Contains(column.Name, StringComparer.Ordinal))];
        }

        return Task.FromResult(columns ?? throw new SourceAwayException(Text.NoFiles(folder, pattern)));
    }

    public override async IAsyncEnumerable<ReadRow> Rows(
        IReadOnlyList<string> wanted, string? watermark, string? since, int overlap,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var file in Files())
        {
            var before = (file.Length, file.LastWriteTimeUtc);
            using var rows = Open(file);
            var positions = wanted.Select(name => rows.Columns.ToList().IndexOf(name)).ToArray();
            var row = new SourceRow();
            while (rows.Read(row))
            {
                cancel.ThrowIfCancellationRequested();
                var fault = row.Faults.Count > 0 ? Text.RowOfFile(file.Name, row.Number, string.Join(' ', row.Faults.Select(each => each.Sentence))) : null;
                yield return new([.. positions.Select(position => row[position])], fault, null);
            }

            file.Refresh();
            if (rows.Stopped is { } stopped)
            {
                throw new SourceAwayException(Text.BrokenFile(file.Name, stopped.Sentence));
            }

            if (!file.Exists || before != (file.Length, file.LastWriteTimeUtc))
            {
                // Somebody still writes it: what was read may be half of it.
                throw new SourceAwayException(Text.FileChanged(file.Name));
            }
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<FileInfo> Files() =>
        [.. new DirectoryInfo(folder).EnumerateFiles(pattern).OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static IRowSource Open(FileInfo file)
    {
        var opened = RowSources.Open(file.FullName, file.Name, new SourceOptions(), Limits);
        return opened.Ok ? opened.Value : throw new SourceAwayException(Text.BrokenFile(file.Name, opened.Refusals.ToString()));
    }
}

/// <summary>The source cannot be read now; it is tried again.</summary>
internal sealed class SourceAwayException(string sentence) : Exception(sentence);
