using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>Who works in an office of the demo city.</summary>
/// <param name="Second">Account of the second officer.</param>
internal sealed record DemoOffice(Caller Clerk, Caller Head, string Second);

/// <summary>Everybody who has a part in the demo's cases.</summary>
internal sealed class DemoPeople(Accounts accounts, Offices offices, Permissions permissions, RecordReader reader, ResourceRegistry registry)
{
    private readonly Dictionary<string, DemoOffice> _offices = new(StringComparer.Ordinal);
    private readonly DemoApplicants _applicants = new(reader, registry, accounts);

    public async Task Read(DateOnly today, CancellationToken cancel)
    {
        await _applicants.Read(today, cancel);
        foreach (var office in offices.All.Select(office => office.Code))
        {
            if (await Staff(office, Roles.Clerk, cancel) is { } clerk && await Staff(office, Roles.Head, cancel) is { } head
                && await Staff(office, Roles.InformationOfficer, cancel) is { } second)
            {
                _offices[office] = new(clerk, head, second.Id);
            }
        }
    }

    /// <summary>Null where nobody works.</summary>
    public DemoOffice? Office(string code) => _offices.GetValueOrDefault(code);

    /// <summary>The i-th applicant for an item, of the kind that it is for: every third one on line. Null where there is none.</summary>
    public DemoApplicant? Applicant(ServiceItem item, int i)
    {
        var firms = item.Applicants switch { Applicants.Firms => true, Applicants.Persons => false, _ => i % 2 == 0 };
        var all = firms ? _applicants.Firms : _applicants.Persons;
        var online = item.Ways.Contains(ServiceWay.Online) || item.Ways.Contains(ServiceWay.Mobile);
        var signed = all.Where(who => who.Caller is not null).ToList();
        var others = all.Where(who => who.Caller is null).ToList();
        return online && i % 3 == 0 && signed.Count > 0 ? signed[i / 3 % signed.Count] : others.Count > 0 ? others[i % others.Count] : null;
    }

    private async Task<Caller?> Staff(string office, string role, CancellationToken cancel) =>
        await accounts.FindLogin($"{office}.{role}", cancel) is not { } account ? null : new()
        {
            Id = account.Id,
            Name = account.Name,
            Kind = CallerKind.Staff,
            Office = office,
            OfficeName = offices.NameOf(office),
            Role = role,
            Permissions = permissions.Of(role, office),
        };
}
