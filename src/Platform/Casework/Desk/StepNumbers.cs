using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// Numbers the documents that steps produce, where whoever takes the step brings no number of his own. The number is
/// drawn in the transaction of the step: it stands in the event and in the notice, and is given back with the step.
/// Registered with <c>services.AddSingleton&lt;StepNumbers, ...&gt;()</c>.
/// </summary>
public abstract class StepNumbers
{
    public abstract bool Concerns(CaseType type);

    public abstract Task<string> Next(WriteSession session, CaseFacts facts, CaseStep step, CancellationToken cancel);
}

/// <summary>Series of numbers that have no gaps, one for each office, kind of document and year.</summary>
public static class DocumentSeries
{
    /// <summary>The next number, from 1. Others who want one of the series wait until this transaction ends.</summary>
    public static async Task<long> Next(WriteSession session, string office, string series, CancellationToken cancel)
    {
        await session.Send(cancel);
        return await session.Session.Scalar<long>(
            $"""
            insert into casework.document_series as known (office, series, year, last) values ({office}, {series}, {session.At.Local().Year}, 1)
            on conflict (office, series, year) do update set last = known.last + 1 returning last
            """,
            cancel);
    }
}
