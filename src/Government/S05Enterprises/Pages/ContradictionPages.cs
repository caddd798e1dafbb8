using Microsoft.AspNetCore.Http;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S05Enterprises.Pages;

/// <summary>The list of contradictions, one of them, and how the offices stand.</summary>
internal static class ContradictionPages
{
    public static async Task<IResult> List(
        HttpContext context, ContradictionReader reader, Offices offices, CancellationToken cancel, string? office = null, string? rule = null, string? state = null, string? after = null, string? done = null)
    {
        var query = new ContradictionQuery
        {
            Office = Clean(office),
            Rule = Clean(rule),
            After = Clean(after),
            State = state is null ? ContradictionState.Open : ContradictionState.Codes.Find(state) is null ? null : state,
        };
        var found = await reader.List(context.Caller(), query, cancel);
        return context.Show<ContradictionListPage>(new
        {
            Query = query,
            Found = found.Take(ContradictionReader.PageSize).ToList(),
            Next = found.Count > ContradictionReader.PageSize ? found[ContradictionReader.PageSize - 1].Code : null,
            Counts = await reader.Counts(cancel),
            ComparedAt = await reader.ComparedAt(cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
            MayCompare = context.Caller().May(CaseworkSystem.Supervise),
            Done = done is not null,
        });
    }

    public static async Task<IResult> Show(HttpContext context, ContradictionReader reader, Offices offices, string code, CancellationToken cancel)
    {
        if (code.Contains('\0', StringComparison.Ordinal) || await reader.Get(context.Caller(), code, cancel) is not { } found || ContradictionRules.Find(found.Rule) is not { } rule)
        {
            return Results.NotFound();
        }

        return context.Show<ContradictionPage>(new
        {
            Found = found,
            Rule = rule,
            Members = rule.OfMany ? await reader.Members(found, cancel) : [],
            History = await reader.History(found.Code, cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
            OwnCase = OfficeCode.Matches(found.Office, context.Caller().Office) || context.Caller().May(CaseworkSystem.Supervise),
        });
    }

    public static async Task<IResult> Compare(HttpContext context, FirmComparison comparison, ContradictionCases cases, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        await comparison.Whole(null, cancel);
        await cases.Run(cancel);
        return Platform.Ui.Pages.SeeOther(Routes.Contradictions + "?done=1");
    }

    public static async Task<IResult> League(HttpContext context, ContradictionReader reader, Offices offices, CancellationToken cancel) => context.Show<LeaguePage>(new
    {
        Standings = await reader.League(cancel),
        ComparedAt = await reader.ComparedAt(cancel),
        OfficeName = (Func<string, string>)offices.NameOf,
    });

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Replace("\0", "", StringComparison.Ordinal).Trim();
}
