using Microsoft.AspNetCore.Http;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Government.S05Enterprises.Ownership;
using Shali.Government.S05Enterprises.Profile;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Government.S05Enterprises.Pages;

/// <summary>Finding a firm; its life, what each department says of it, who owns it.</summary>
internal static class FirmPages
{
    private const int WordsMost = 100;

    public static async Task<IResult> Start(HttpContext context, FirmSides sides, ContradictionReader contradictions, Offices offices, CancellationToken cancel, string? q = null)
    {
        var words = (q ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        words = words.Length > WordsMost ? words[..WordsMost] : words;
        return context.Show<StartPage>(new
        {
            Words = words,
            Found = words.Length == 0 ? null : await sides.Find(words, cancel),
            Counts = await contradictions.Counts(cancel),
            ComparedAt = await contradictions.ComparedAt(cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static async Task<IResult> Life(HttpContext context, FirmSides sides, FirmLifeReader lives, ContradictionReader contradictions, Offices offices, ResourceRegistry registry, string organisation, CancellationToken cancel)
    {
        if (await Firm(context, sides, registry, organisation, cancel) is not { } firm)
        {
            return Results.NotFound();
        }

        return context.Show<LifePage>(new
        {
            Firm = firm,
            Life = await lives.Read(context.Caller(), firm.Organisation, firm.Sides, cancel),
            Open = await contradictions.List(context.Caller(), new ContradictionQuery { Organisation = firm.Organisation }, cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static async Task<IResult> Authorities(HttpContext context, FirmSides sides, Offices offices, ResourceRegistry registry, string organisation, CancellationToken cancel)
    {
        if (await Firm(context, sides, registry, organisation, cancel) is not { } firm)
        {
            return Results.NotFound();
        }

        return context.Show<AuthoritiesPage>(new { Firm = firm, Lines = FieldLine.Of(firm.Sides, firm.Base, registry.Codes), OfficeName = (Func<string, string>)offices.NameOf, MayAsk = context.Caller().May(SharingRights.Apply) });
    }

    public static async Task<IResult> Owners(HttpContext context, FirmSides sides, OwnershipReader ownership, ResourceRegistry registry, string organisation, CancellationToken cancel)
    {
        if (await Firm(context, sides, registry, organisation, cancel) is not { } firm)
        {
            return Results.NotFound();
        }

        return context.Show<OwnersPage>(new { Firm = firm, View = await ownership.Of(context.Caller(), firm.Organisation, firm.Name, cancel) });
    }

    /// <summary>Null: no database knows it.</summary>
    private static async Task<FirmHead?> Firm(HttpContext context, FirmSides reader, ResourceRegistry registry, string organisation, CancellationToken cancel)
    {
        var code = OrganisationCode.Kind.Normalise(organisation);
        if (code.Length != 9 || code.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var who = context.Caller();
        var (sides, own) = (await reader.Of(who, code, cancel), await reader.Base(who, code, cancel));
        if (own is null && sides.All(side => side.Rows == 0))
        {
            return null;
        }

        var named = sides.FirstOrDefault(side => side.Records is { Count: > 0 });
        var name = own?.Record.Text("name") ?? (named is null ? code : Shown.Text(named.Records![0], named.Authority.NameField, registry.Codes));
        var state = sides[0].Records is [var registered, ..] ? Shown.Text(registered, "state", registry.Codes) : "";
        var credit = sides[0].Records is [var first, ..] ? Shown.Text(first, "credit_code", registry.Codes) : own?.Record.Text("credit_code");
        return new(code, string.IsNullOrEmpty(credit) ? null : credit, name, state, sides, own);
    }
}

/// <summary>A firm as all its pages begin.</summary>
/// <param name="Credit">Its unified code; null: none that the reader may see.</param>
/// <param name="Base">As the base of legal entities has it; null: not there.</param>
public sealed record FirmHead(string Organisation, string? Credit, string Name, string State, IReadOnlyList<FirmSide> Sides, ShownRecord? Base);
