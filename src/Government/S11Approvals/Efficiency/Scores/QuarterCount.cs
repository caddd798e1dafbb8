using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// Counts a quarter record by record: it keeps one line an office, however many cases there are. Pure: the same records give
/// the same counts, in whatever order they come.
/// </summary>
public sealed class QuarterCount(Quarter quarter)
{
    private readonly SortedDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Those that handled, kept or broke anything; who was only rated is not among them.</summary>
    public IReadOnlyList<OfficeQuarter> Offices =>
    [
        .. _lines.Where(line => line.Value.Acted).Select(line => new OfficeQuarter(
            line.Key, line.Value.Ended, line.Value.Kept, line.Value.Missed, line.Value.Yellow, line.Value.Red, line.Value.Proposals, line.Value.Grades, line.Value.NotRated)),
    ];

    /// <param name="answered">It was rated, whatever became of the rating.</param>
    public void Add(Case of, bool answered)
    {
        if (OfficeQuarter.IsServed(of, quarter))
        {
            var line = Of(of.Office, acted: true);
            line.Ended++;
            line.NotRated += of.Parent is null && !answered ? 1 : 0;
        }
    }

    public void Add(CaseClock clock)
    {
        if (OfficeQuarter.Counts(clock, quarter))
        {
            var line = Of(clock.Office, acted: true);
            _ = OfficeQuarter.IsKept(clock) ? line.Kept++ : line.Missed++;
        }
    }

    public void Add(Card card)
    {
        if (OfficeQuarter.Counts(card, quarter))
        {
            var line = Of(card.Office, acted: true);
            line.Yellow += card.Kind == CardKind.Yellow ? 1 : 0;
            line.Red += card.Kind == CardKind.Red ? 1 : 0;
            line.Proposals += card.Kind == CardKind.Proposal ? 1 : 0;
        }
    }

    public void Add(Rating rating)
    {
        if (quarter.Has(rating.ClosedAt) && rating.Handling != RatingHandling.Excluded)
        {
            var line = Of(rating.Office, acted: false);
            for (var i = 0; i < line.Grades.Length; i++)
            {
                line.Grades[i] += RatingGrade.Codes.Codes[i].Value == rating.Grade ? 1 : 0;
            }
        }
    }

    private Line Of(string office, bool acted)
    {
        if (!_lines.TryGetValue(office, out var line))
        {
            _lines[office] = line = new();
        }

        line.Acted |= acted;
        return line;
    }

    private sealed class Line
    {
        public bool Acted;
        public int Ended;
        public int NotRated;
        public int Kept;
        public int Missed;
        public int Yellow;
        public int Red;
        public int Proposals;

        public int[] Grades { get; } = new int[RatingGrade.Codes.Codes.Count];
    }
}
