using System.Text;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Centres.Demo;

/// <summary>
/// Writes the generated city as CSV files, one for each resource, with the Chinese labels as header, in the form that
/// a bulk load reads. Keys that the platform makes are not in the files.
/// </summary>
public static class DemoFiles
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>Writes all files into the folder; gives how many rows each holds.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Write(DemoPlan plan, string folder, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(folder);
        var files = new Dictionary<string, (StreamWriter File, long Rows)>(StringComparer.Ordinal);
        try
        {
            var (people, firms) = (new PopulationRows(), new EntityRows());
            await using var truth = new DemoTruthFile(Path.Combine(folder, "demo-truth.csv"));
            foreach (var chunk in DemoCity.Population(plan))
            {
                cancel.ThrowIfCancellationRequested();
                truth.Add(chunk.Truth.Concat(chunk.Trade.Truth));
                foreach (var batch in people.Of(chunk).Concat(firms.Of(chunk.Trade)))
                {
                    var name = batch.Resource.Address;
                    var (file, rows) = files.TryGetValue(name, out var open) ? open : (Open(folder, batch.Resource), 0);
                    Append(file, batch);
                    files[name] = (file, rows + batch.Rows.Count);
                }
            }
        }
        finally
        {
            foreach (var (file, _) in files.Values)
            {
                await file.DisposeAsync();
            }
        }

        return files.ToDictionary(entry => entry.Key, entry => entry.Value.Rows, StringComparer.Ordinal);
    }

    private static StreamWriter Open(string folder, ResourceDefinition resource)
    {
        var file = new StreamWriter(Path.Combine(folder, resource.Address + ".csv"), append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        file.WriteLine(string.Join(',', resource.Fields.Select(field => field.Label)));
        return file;
    }

    private static void Append(StreamWriter file, RecordBatch batch)
    {
        var fields = batch.Resource.Fields;
        foreach (var (_, values) in batch.Rows)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (i > 0)
                {
                    file.Write(',');
                }

                if (values[i] is { } value)
                {
                    Cell(file, value as string ?? fields[i].Type.Write(fields[i], value));
                }
            }

            file.Write('\n');
        }
    }

    private static void Cell(StreamWriter file, string text)
    {
        if (!text.AsSpan().ContainsAny(Quoted))
        {
            file.Write(text);
            return;
        }

        file.Write('"');
        file.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        file.Write('"');
    }
}
