using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity.Admin;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>Accounts: finding, making, disabling, and helping those who lost a password or a telephone.</summary>
internal static class PeopleAdmin
{
    private const int PageSize = 50;

    public static async Task<IResult> List(HttpContext context, Accounts accounts, string? q, string? after)
    {
        var search = (q ?? "").Trim();
        var found = await accounts.Search(search, after, context.RequestAborted);
        return context.Show<PeoplePage>(new
        {
            Search = search,
            After = after,
            Accounts = found.Take(PageSize).ToList(),
            Next = found.Count > PageSize ? found[PageSize - 1].Login : null,
        });
    }

    public static IResult ShowNew(HttpContext context) => context.Show<NewPersonPage>();

    /// <summary>The random password is shown once, on the answer itself: it must not stand in an address.</summary>
    public static async Task<IResult> Create(HttpContext context, Accounts accounts)
    {
        var form = await context.Form();
        var password = Passwords.Random();
        var created = await accounts.Create(
            context.Caller(), form.Text("login"), form.Text("name"), null, password, chosen: false, context.RequestAborted);
        return created.Ok
            ? Once(context, IdentityText.AccountMade(created.Value.Name), created.Value.Login, password, $"/admin/people/{created.Value.Id}")
            : context.Show<NewPersonPage>(
                new { Login = form.Text("login"), Name = form.Text("name"), created.Refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> Show(HttpContext context, Accounts accounts, Posts posts, Offices offices, string id) =>
        await accounts.Find(id, context.RequestAborted) is { } account
            ? await Page(context, account, posts, offices, Refusals.None)
            : Results.NotFound();

    /// <summary>Disables, enables, resets. Which button was pressed is the field <c>act</c>.</summary>
    public static async Task<IResult> Change(HttpContext context, Accounts accounts, Posts posts, Offices offices, string id)
    {
        var cancel = context.RequestAborted;
        if (await accounts.Find(id, cancel) is not { } account)
        {
            return Results.NotFound();
        }

        var who = context.Caller();
        var refusals = Check(who, account, await posts.Of(id, cancel));
        if (refusals.Any)
        {
            return await Page(context, account, posts, offices, refusals);
        }

        switch ((await context.Form()).Text("act"))
        {
            case "disable":
                await accounts.Disable(who, account, true, cancel);
                break;
            case "enable":
                await accounts.Disable(who, account, false, cancel);
                break;
            case "second-factor":
                await accounts.ResetSecondFactor(who, account, cancel);
                break;
            case "password":
                var password = await accounts.ResetPassword(who, account, cancel);
                return Once(context, IdentityText.PasswordReset(account.Name), account.Login, password, $"/admin/people/{id}");
            default:
                return Results.BadRequest();
        }

        return Pages.SeeOther($"/admin/people/{id}");
    }

    public static async Task<IResult> Page(HttpContext context, Account account, Posts posts, Offices offices, Refusals refusals) =>
        context.Show<PersonPage>(
            new
            {
                Account = account,
                Posts = await posts.AllOf(account.Id, context.RequestAborted),
                Offices = offices,
                Refusals = refusals,
            },
            AdminRoutes.Status(refusals.Any));

    /// <summary>
    /// Who resets the password of an administrator could become him: only another administrator of the same kind
    /// may, and nobody treats his own account here.
    /// </summary>
    private static Refusals Check(Caller who, Account account, IReadOnlyList<Post> posts)
    {
        var administrator = posts.FirstOrDefault(post => Separation.IsAdministrator(post.Role));
        var may = administrator is null ? who.May(IdentitySystem.ManageAccounts) : administrator.Role == who.Role;
        return Refusals.Of(
            who.Id == account.Id ? new Refusal("ID-R12", "", IdentityText.OwnAccount) : null,
            may ? null : new Refusal("ID-R11", "", IdentityText.OtherAdministrator, Separation.Basis));
    }

    private static IResult Once(HttpContext context, string title, string name, string secret, string back)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<SecretPage>(new { Title = title, Name = name, Secret = secret, Back = back });
    }
}
