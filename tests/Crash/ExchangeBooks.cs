using System.Globalization;
using Microsoft.Data.Sqlite;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>What must hold between node and centre when a storm is over.</summary>
internal static class ExchangeBooks
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The register is the source, and every version of every record was written once, in the order of the source.</summary>
    /// <param name="source">Its rows as <c>number|name</c>, sorted by number.</param>
    /// <returns>How many versions were written.</returns>
    public static async Task<int> SameAsSource(NodeTown town, IReadOnlyList<string> source)
    {
        var records = await town.Records();
        Assert.Equal(source, records.Select(record => string.Join('|', record.Split('|')[..2])));
        Assert.Equal(records.Count, records.Select(record => record.Split('|')[0]).Distinct(StringComparer.Ordinal).Count());

        // History without gaps: nothing was written twice.
        var versions = await town.Db.List(
            $"select key, version from {Sql.Name(town.Resource.Schema, "journal")} where resource = {town.Resource.Id} order by key, version",
            row => (Key: row.GetString(0), Version: row.GetInt32(1)), Cancel);
        Assert.All(versions.GroupBy(line => line.Key, StringComparer.Ordinal), lines => Assert.Equal(Enumerable.Range(1, lines.Count()), lines.Select(line => line.Version)));
        return versions.Count;
    }

    /// <summary>The names of each record, which rise in the source with each change, rise with its versions.</summary>
    /// <returns>How many states were looked at.</returns>
    public static async Task<int> OrderKept(NodeTown town)
    {
        var (table, past) = (Sql.Name(town.Resource.Schema, town.Resource.Table), Sql.Name(town.Resource.Schema, town.Resource.Table + "__past"));
        var states = await town.Db.List(
            $"select number, _version, name from {table} union all select number, _version, name from {past} order by 1, 2",
            row => (Key: row.GetString(0), Turn: int.Parse(row.GetString(2).AsSpan(1, row.GetString(2).Length - 2), CultureInfo.InvariantCulture)), Cancel);
        Assert.All(states.GroupBy(state => state.Key, StringComparer.Ordinal), of => Assert.Equal(of.Select(state => state.Turn).Order(), of.Select(state => state.Turn)));
        Assert.Equal(states.Count, states.Distinct().Count());
        return states.Count;
    }

    /// <summary>Each batch of a flow stands once in the books of both sides, in one row of numbers, under the very same receipt.</summary>
    /// <returns>What the receipts count together.</returns>
    public static async Task<(int Batches, ReceiptCounts Counts)> Equal(NodeTown town, string store, string flow)
    {
        var centre = await town.Db.List(
            $"select stream, batch, body from exchange.receipt where node = {town.Code} and flow = {flow} order by batch",
            row => (Stream: row.GetString(0), Batch: row.GetInt64(1), Body: row.GetFieldValue<byte[]>(2)), Cancel);
        var node = new List<(string Stream, long Batch, byte[] Body)>();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(store, "node.db")};Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = new SqliteCommand("select stream, batch, body from receipt where flow = @flow order by batch", connection);
            command.Parameters.AddWithValue("@flow", flow);
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
            {
                node.Add((reader.GetString(0), reader.GetInt64(1), (byte[])reader.GetValue(2)));
            }
        }

        Assert.Single(centre.Select(line => line.Stream).Distinct(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, centre.Count).Select(i => (long)i), centre.Select(line => line.Batch));
        Assert.Equal(centre.Select(Line), node.Select(Line));
        var receipts = centre.ConvertAll(line => EvidenceJson.Read<Receipt>(line.Body)!.Counts);
        return (receipts.Count, receipts.Aggregate(
            new ReceiptCounts(0, 0, 0, 0, 0),
            (sum, one) => new(sum.New + one.New, sum.Changed + one.Changed, sum.Unchanged + one.Unchanged, sum.Ended + one.Ended, sum.Refused + one.Refused)));

        static string Line((string Stream, long Batch, byte[] Body) line) => string.Create(CultureInfo.InvariantCulture, $"{line.Stream} {line.Batch} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(line.Body))}");
    }
}
