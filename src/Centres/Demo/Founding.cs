using Shali.Platform.Kernel.Identifiers;

namespace Shali.Centres.Demo;

/// <summary>What every entity of the demo city gets when it is founded: a code that is nobody's, and its first papers.</summary>
internal sealed class Founding(DemoKeys keys)
{
    public const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private int _made;
    private int _papers;

    public int NextPaper() => ++_papers;

    /// <summary>Eight characters counted up behind a prefix that is used for nothing else, and the check.</summary>
    public string NextCode()
    {
        Span<char> body = stackalloc char[8];
        "MAX".CopyTo(body);
        var left = (_made++ * 7_368_787L) % 28_629_151;
        for (var i = 7; i >= 3; i--, left /= 31)
        {
            body[i] = Letters[(int)(left % 31)];
        }

        return string.Concat(body, [OrganisationCode.CheckOf(body)]);
    }

    /// <summary>The credit code of an entity registered in the county; a development zone has no code of its own there.</summary>
    public static string Credit(string category, string county, string organisation) =>
        CreditCode.Compose(category, county is "411171" ? "411100" : county.PadRight(6, '0'), organisation);

    public void File(
        DemoTrade trade, DemoFirm firm, string kind, DateOnly day, string? before, string after, string? details, string series = "漯登字") =>
        trade.Filings.Add(new(
            keys.Next(), firm.Organisation, kind, day, $"{series}〔{day.Year}〕第{NextPaper():000000}号", before, after, details));
}
