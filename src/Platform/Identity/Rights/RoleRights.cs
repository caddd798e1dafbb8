using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>The security administrator's changes to what roles may do: dated, with a reason, journaled and logged.</summary>
public sealed class RoleRights(
    RecordStore store, Permissions permissions, Offices offices, Revocations revocations, AuditLog log)
{
    /// <summary>Gives a permission to a role, or takes it away, from a day to a day.</summary>
    public async Task<Outcome<Written>> Change(Caller who, RoleRight change, CancellationToken cancel = default)
    {
        var refusals = Check(who, change);
        if (refusals.Any)
        {
            return refusals;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["role"] = change.Role,
            ["office"] = change.Office.Length == 0 ? null : change.Office,
            ["permission"] = change.Permission,
            ["gives"] = change.Gives,
            ["begins"] = change.From,
            ["ends"] = change.To,
            ["reason"] = change.Reason,
        };
        var act = new Act(who, "identity.role-right", change.Reason);
        return await Write(act, change, new Registry.Change.Insert(IdentityResources.RoleRight, "", values), "permission.grant", cancel);
    }

    /// <summary>Ends a change on a day: the default holds again.</summary>
    public async Task<Outcome<Written>> End(Caller who, string key, DateOnly day, string reason, CancellationToken cancel = default)
    {
        if (permissions.Changes.FirstOrDefault(each => each.Key == key) is not { } change)
        {
            return new Refusal("ID-R08", "permission", IdentityText.NoSuchPermission);
        }

        if (day < change.From)
        {
            return new Refusal("ID-O04", "ends", IdentityText.EndsBeforeBegin);
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["ends"] = day };
        var act = new Act(who, "identity.role-right", reason);
        return await Write(
            act, change, new Registry.Change.Update(IdentityResources.RoleRight, key, null, values), "permission.revoke", cancel);
    }

    private async Task<Outcome<Written>> Write(
        Act act, RoleRight change, Registry.Change write, string kind, CancellationToken cancel)
    {
        var written = await store.Write(act, [write], cancel);
        if (written.Ok)
        {
            var note = $"{change.Role} {(change.Office.Length == 0 ? "*" : change.Office)} {(change.Gives ? "+" : "-")}{change.Permission}";
            await log.Append(new AuditEntry(kind, act.Who) { Purpose = act.Purpose, Note = note }, cancel);
            await revocations.Announce(cancel, Revocations.Rights);
        }

        return written;
    }

    private Refusals Check(Caller who, RoleRight change) => Refusals.Of(
        Roles.Labels.ContainsKey(change.Role) ? null : new Refusal("ID-R06", "role", IdentityText.NoSuchRole(change.Role)),
        change.Office.Length == 0 || offices.Find(change.Office) is not null || offices.All.Any(office => OfficeCode.Function(office.Code) == change.Office)
            ? null
            : new Refusal("ID-O01", "office", IdentityText.NoSuchOffice(change.Office)),
        permissions.Current.Catalogue().Any(each => each.Code == change.Permission) ? null : new Refusal("ID-R08", "permission", IdentityText.NoSuchPermission),
        change.To is { } to && to <= change.From ? new Refusal("ID-O04", "ends", IdentityText.EndsBeforeBegin) : null,
        string.IsNullOrWhiteSpace(change.Reason) ? new Refusal("ID-R09", "reason", IdentityText.ReasonMissing) : null,
        who.Kind != CallerKind.Platform && who.Role != Roles.SecurityAdministrator
            ? new Refusal("ID-R03", "role", IdentityText.OnlySecurityGives, Separation.Basis)
            : null,
        change.Gives && Separation.IsAdministrator(change.Role) && !permissions.Current.IsDeclared(change.Permission)
            ? new Refusal("ID-R10", "permission", IdentityText.AdministratorData, Separation.Basis)
            : null);
}
