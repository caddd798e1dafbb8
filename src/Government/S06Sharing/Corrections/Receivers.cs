using Shali.Platform.Audit;
using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>An office that received a wrong value.</summary>
/// <param name="Times">How often, by the log; 0: it held a grant for it, and how often it read is not on record.</param>
/// <param name="Grant">The grant by which it received it last; null: by a right of its own.</param>
public sealed record Received(string Office, int Times, DateTimeOffset? Last, string? Grant);

/// <summary>
/// Who received a wrong value. Of personal data the log knows each record, field and reader: pages, interface, exports,
/// feed. Of other data it keeps no reads; there everyone counts whose grant opened the field while it was wrong, and so does
/// everywhere whoever takes it by a way that leaves no read with us (batch exchange).
/// </summary>
public sealed class Receivers(AuditSearch log, RecordReader reader)
{
    private const int Lines = 500;

    public async Task<IReadOnlyList<Received>> Of(ResourceDefinition resource, CorrectionTerms terms, CancellationToken cancel = default)
    {
        if (await Wrong(resource, terms, cancel) is not { } wrong)
        {
            return [];
        }

        var found = new Dictionary<string, Received>(StringComparer.Ordinal);
        if (resource.Subject is not null)
        {
            await FromLog(found, resource, terms, wrong, cancel);
        }

        await foreach (var record in reader.Stream(GrantResources.Grant, new RecordQuery { Where = new Filter.Compare("resource", Comparison.Equal, resource.Id) }, cancel))
        {
            var grant = Typed<Grant>.Of(record);
            if (grant.System is null && (resource.Subject is null || grant.WayCodes.Contains(GrantWay.Batch, StringComparer.Ordinal))
                && grant.FieldNames.Contains(terms.Field, StringComparer.Ordinal)
                && grant.Begins <= wrong.Until.Local().Day() && grant.Ends >= wrong.From.Local().Day()
                && (grant.State != GrantState.Revoked || record.ChangedAt >= wrong.From))
            {
                found.TryAdd(grant.Consumer, new(grant.Consumer, 0, null, grant.Number));
            }
        }

        // Whose data it is needs no telling, and whoever reported it is answered anyway.
        return [.. found.Values.Where(one => one.Office != terms.To && one.Office != terms.By).OrderBy(one => one.Office, StringComparer.Ordinal)];
    }

    private async Task FromLog(Dictionary<string, Received> found, ResourceDefinition resource, CorrectionTerms terms, WrongTime wrong, CancellationToken cancel)
    {
        var query = new AuditQuery
        {
            Subject = wrong.Subject,
            Resource = resource.Id,
            Key = terms.Key,
            From = wrong.From.Local().Day(),
            To = wrong.Until.Local().Day(),
            Limit = Lines,
        };
        long? before = null;
        do
        {
            var (lines, next) = await log.Find(query with { Before = before }, cancel);
            foreach (var line in lines)
            {
                if (line.Office.Length == 0 || line.Act is not null || line.At < wrong.From || line.At > wrong.Until
                    || !line.Fields.Any(name => name.AsSpan().TrimEnd('!').SequenceEqual(terms.Field)))
                {
                    continue;
                }

                // Newest first: the first line of an office is the last time.
                found[line.Office] = found.GetValueOrDefault(line.Office) is { } known
                    ? known with { Times = known.Times + 1, Grant = known.Grant ?? (line.Grant.Length > 0 ? line.Grant : null) }
                    : new(line.Office, 1, line.At, line.Grant.Length > 0 ? line.Grant : null);
            }

            before = next;
        }
        while (before is not null);
    }

    /// <summary>From when to when the wrong value stood in the record; null: the record was removed with its past.</summary>
    private async Task<WrongTime?> Wrong(ResourceDefinition resource, CorrectionTerms terms, CancellationToken cancel)
    {
        var history = (await reader.History(resource, terms.Key, cancel)).Where(entry => entry.Operation != 'D').OrderBy(entry => entry.Record.Version).ToList();
        var seen = history.FindIndex(entry => entry.Record.Version == terms.Version);
        if (seen < 0)
        {
            return null;
        }

        var position = Plan.Of(resource).Position(terms.Field);
        bool Same(int i) => Equals(history[i].Record.Values[position], history[seen].Record.Values[position]);
        var (first, after) = (seen, seen + 1);
        while (first > 0 && Same(first - 1))
        {
            first--;
        }

        while (after < history.Count && Same(after))
        {
            after++;
        }

        return new(history[first].At, after < history.Count ? history[after].At : DateTimeOffset.MaxValue.AddDays(-2), Plan.Of(resource).Subject(history[seen].Record));
    }

    private sealed record WrongTime(DateTimeOffset From, DateTimeOffset Until, string? Subject);
}
