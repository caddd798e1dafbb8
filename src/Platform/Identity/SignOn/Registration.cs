using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// A resident makes his own account: name and citizen number must be those of a person in the population. The
/// answer does not say which of the two is wrong, and whoever keeps trying is stopped: the page must not become a
/// way to find out people's numbers. Neither is stored here; the account knows the key of the person.
/// </summary>
public sealed class Registration(PersonDirectory people, Accounts accounts, SignOnFailures failures, AuditLog log)
{
    /// <summary>Failures of registration are counted beside those of sign-on, by address.</summary>
    private const string Counter = "register:";

    public async Task<Outcome<Account>> Register(RegistrationForm form, string address, CancellationToken cancel)
    {
        var refusals = Refusals.Of(
            form.Name.Length == 0 ? new Refusal("ID-A03", "name", IdentityText.NameMissing) : null,
            form.Number.Length == 0 ? new Refusal("ID-A05", "number", IdentityText.NumberMissing) : null,
            form.Password != form.Again ? new Refusal("ID-P07", "again", IdentityText.PasswordsDiffer) : null);
        var who = Caller.Anonymous with { Address = address };
        if (refusals.Any)
        {
            return refusals;
        }

        if (await failures.Check(Counter + address, address, cancel) is { } blocked)
        {
            return blocked with { Field = "" };
        }

        if (await people.FindPerson(form.Number, form.Name, cancel) is not { } person)
        {
            await failures.Count(Counter + address, address, cancel);
            await log.Append(new AuditEntry("account.register", who) { Success = false }, cancel);
            return new Refusal("ID-A06", "number", IdentityText.PersonNotFound);
        }

        return await accounts.Create(who, form.Login, form.Name, person, form.Password, chosen: true, cancel);
    }
}

public sealed record RegistrationForm(string Name, string Number, string Login, string Password, string Again)
{
    public static readonly RegistrationForm Empty = new("", "", "", "", "");
}
