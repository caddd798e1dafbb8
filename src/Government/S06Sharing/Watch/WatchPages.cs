using Microsoft.AspNetCore.Http;
using Shali.Government.S06Sharing.Grants;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Government.S06Sharing.Watch;

/// <summary>Who gives what to whom, and how it goes: the authority sees all, an office what it gives and takes.</summary>
internal static class WatchPages
{
    public static async Task<IResult> Show(
        HttpContext context, WatchReader reader, SharedResources shared, Offices offices, IReadOnlyList<CitySystem> systems, CancellationToken cancel, string? office = null, string? resource = null)
    {
        var who = context.Caller();
        var seen = WatchReader.SeesAll(who) ? await reader.Read(null, null, cancel) : await reader.Read(who.Office, null, cancel);
        var narrowed = seen.Where(one => (string.IsNullOrEmpty(office) || one.Provider == office || one.Consumer == office)
            && (string.IsNullOrEmpty(resource) || one.Resource == resource)).ToList();
        return context.Show<WatchPage>(new
        {
            Grants = narrowed,
            Office = office ?? "",
            Resource = resource ?? "",
            Offices = seen.SelectMany(one => new[] { one.Provider, one.Consumer }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => new Choice(code, offices.NameOf(code))).ToList(),
            Resources = seen.Select(one => one.Resource).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => new Choice(id, shared.NameOf(id))).ToList(),
            SystemName = (Func<string, string>)(code => SystemNames.Of(systems, code)),
            OfficeName = (Func<string, string>)offices.NameOf,
            ResourceName = (Func<string, string>)shared.NameOf,
        });
    }
}
