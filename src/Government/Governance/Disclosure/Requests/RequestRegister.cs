using Shali.Platform.Kernel;

namespace Shali.Government.Governance.Disclosure;

/// <summary>A request, as far as the yearly figures need it.</summary>
public sealed record RequestLine(DateOnly ReceivedOn, DateOnly? ClosedOn, string? Result);

/// <summary>
/// The figures of one year: carried over and new on the one side, results and carried to the next year on the other.
/// Computed from the requests, so that the two sides agree without anybody making them.
/// </summary>
public sealed record RequestFigures(int Year, int CarriedOver, int Received, IReadOnlyDictionary<string, int> Results, int CarriedOn)
{
    public bool Balanced => CarriedOver + Received == Results.Values.Sum() + CarriedOn;

    public int Answered => Results.Values.Sum();

    public static RequestFigures Of(int year, IEnumerable<RequestLine> requests)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var (over, received, on, results) = (0, 0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var request in requests.Where(request => request.ReceivedOn <= last && !(request.ClosedOn < first)))
        {
            (over, received) = request.ReceivedOn < first ? (over + 1, received) : (over, received + 1);
            if (request.ClosedOn is { } closed && closed <= last)
            {
                var result = request.Result ?? "withdrawn";
                results[result] = results.GetValueOrDefault(result) + 1;
            }
            else
            {
                on++;
            }
        }

        return new(year, over, received, results, on);
    }
}

/// <summary>Reads the requests; the figures are kept for some minutes, for everybody may ask for them.</summary>
public sealed class RequestRegister(Db db, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private volatile Reading? _kept;

    public async Task<RequestFigures> Of(int year, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        if (_kept is not { } kept || now - kept.At > Fresh)
        {
            _kept = kept = new(now, await Read(cancel));
        }

        return RequestFigures.Of(year, kept.Lines);
    }

    private async Task<IReadOnlyList<RequestLine>> Read(CancellationToken cancel) => await db.List(
        $"""select received_at, closed_at, result from casework."case" where type = {RequestType.Code}""",
        row => new RequestLine(
            row.GetFieldValue<DateTimeOffset>(0).Local().Day(),
            row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1).Local().Day(),
            row.IsDBNull(2) ? null : row.GetString(2)),
        cancel);

    private sealed record Reading(DateTimeOffset At, IReadOnlyList<RequestLine> Lines);
}
