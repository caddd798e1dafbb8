using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Enters what comes with a day alone: transfer certificates that ran out, permits that nobody had endorsed. Each is an
/// entry of the register like any other, once, dated with the first day after the validity, however late it is entered.
/// </summary>
public sealed class Lapses(RecordReader reader, EventRegistration registration, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>How many were entered. Safe to repeat, and to run on several nodes at once.</summary>
    public async Task<int> Enter(CancellationToken cancel = default)
    {
        var today = time.Today();
        return await Enter(Resources.Transfer, "expires", TransferState.Open, EventKind.TransferLapse, today, cancel)
            + await Enter(Resources.Permit, "endorsed_until", PermitState.Valid, EventKind.PermitLapse, today, cancel);
    }

    private async Task<int> Enter(
        ResourceDefinition papers, string until, string inForce, string kind, DateOnly today, CancellationToken cancel)
    {
        var entered = 0;
        var query = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare(until, Comparison.Less, today), new Filter.Compare("state", Comparison.Equal, inForce)),
            Sort = [new SortBy(until)],
            Limit = Batch,
        };
        while (true)
        {
            var page = await reader.List(papers, query, cancel);
            foreach (var paper in page.Records)
            {
                var lapsed = ((DateOnly)paper[until]!).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                var form = new EventForm(kind, [new("person", paper.Text("person")!), new("date", lapsed)]);
                // The key makes a second node's entry the first one's.
                var made = await registration.Register(Caller.Platform("population"), form, once: $"{paper.Key}/{lapsed}", cancel: cancel);
                entered += made.Ok ? 1 : 0;
            }

            if (page.Next is null)
            {
                return entered;
            }

            query = query with { After = page.Next };
        }
    }
}
