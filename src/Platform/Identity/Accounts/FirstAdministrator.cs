using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>
/// A production start has no accounts. The host prints a one-time code; whoever sits at the console uses it once, at
/// <c>/setup</c>, to become the first system administrator, who then appoints the security administrator.
/// </summary>
public sealed class FirstAdministrator(Db db, Accounts accounts, Offices offices, Posts posts, AuditLog log, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>A new code, or null when the city has accounts already. Earlier codes stop working.</summary>
    public async Task<string?> CreateCode(CancellationToken cancel = default)
    {
        if (await accounts.Any(cancel))
        {
            return null;
        }

        var code = Passwords.Secret();
        var now = time.GetUtcNow();
        await db.InTransaction(
            async session =>
            {
                await session.Run($"delete from identity.first_administrator where used_at is null", cancel);
                await session.Run(
                    $"insert into identity.first_administrator (code_hash, created_at, ends_at) values ({ShownHash.Bytes(code)}, {now}, {now + Lasts})",
                    cancel);
            },
            cancel);
        return code;
    }

    /// <summary>Uses the code: makes the account, the city government when it is not there yet, and the post.</summary>
    public async Task<Refusals> Use(SetupForm form, string address, CancellationToken cancel)
    {
        var refusals = Refusals.Of(
            form.City.Length == 0 ? new Refusal("ID-F02", "city", IdentityText.CityNameMissing) : null,
            form.Password != form.Again ? new Refusal("ID-P07", "again", IdentityText.PasswordsDiffer) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        if (!await Take(form.Code, cancel))
        {
            return Refusals.Of(new Refusal("ID-F01", "code", IdentityText.CodeWrong));
        }

        var setup = Caller.Platform("setup") with { Address = address };
        var created = await accounts.Create(setup, form.Login, form.Name, null, form.Password, chosen: true, cancel);
        if (!created.Ok)
        {
            await Return(form.Code, cancel);
            return created.Refusals;
        }

        if (offices.Find(OfficeCode.City) is null)
        {
            var city = new Office(OfficeCode.City, form.City, form.City, "government", null, "", time.Today(), null);
            await offices.Save(new Act(setup, "identity.office.save", "setup"), [city], cancel);
        }

        var post = new Post("", created.Value.Id, OfficeCode.City, Roles.SystemAdministrator, DataScope.OwnOffice, "", "", time.Today(), null);
        var given = await posts.Give(setup, post, created.Value.Name, "setup", cancel);
        await log.Append(new AuditEntry("setup", setup) { Success = given.Ok, Note = created.Value.Id }, cancel);
        return given.Refusals;
    }

    private async Task<bool> Take(string code, CancellationToken cancel) => await db.Run(
        $"""
        update identity.first_administrator set used_at = {time.GetUtcNow()}
        where code_hash = {ShownHash.Bytes(code.Trim())} and used_at is null and ends_at > {time.GetUtcNow()}
          and not exists (select 1 from identity.account)
        """,
        cancel) > 0;

    private Task Return(string code, CancellationToken cancel) =>
        db.Run($"update identity.first_administrator set used_at = null where code_hash = {ShownHash.Bytes(code.Trim())}", cancel);
}

public sealed record SetupForm(string Code, string City, string Login, string Name, string Password, string Again)
{
    public static readonly SetupForm Empty = new("", "", "", "", "", "");
}
