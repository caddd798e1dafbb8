using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity.Admin;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>Programs that call the interfaces, each of one office.</summary>
internal static class ClientAdmin
{
    public static async Task<IResult> List(HttpContext context, Clients clients, Offices offices, string? q)
    {
        var search = (q ?? "").Trim();
        return context.Show<ClientsPage>(new { Search = search, Clients = await clients.List(search, context.RequestAborted), Offices = offices });
    }

    public static IResult ShowNew(HttpContext context, string? office) => context.Show<NewClientPage>(new { Office = office ?? "" });

    public static async Task<IResult> Create(HttpContext context, Clients clients)
    {
        var form = await context.Form();
        string[] scopes =
        [
            .. form["scopes"].OfType<string>(),
            .. form.Text("resources").Split([' ', ',', '，', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
        var made = await clients.CreateClient(context.Caller(), form.Text("office"), form.Text("name"), scopes, null, context.RequestAborted);
        return made.Ok
            ? Once(context, IdentityText.ClientMade(form.Text("name")), made.Value.ClientId, made.Value.ClientSecret)
            : context.Show<NewClientPage>(
                new { Office = form.Text("office"), Name = form.Text("name"), made.Refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> Change(HttpContext context, Clients clients, string id)
    {
        var cancel = context.RequestAborted;
        if (await clients.Find(id, cancel) is not { } client)
        {
            return Results.NotFound();
        }

        switch ((await context.Form()).Text("act"))
        {
            case "disable":
                await clients.Disable(context.Caller(), id, true, cancel);
                break;
            case "enable":
                await clients.Disable(context.Caller(), id, false, cancel);
                break;
            case "secret" when await clients.NewSecret(context.Caller(), id, cancel) is { } secret:
                return Once(context, IdentityText.SecretRenewed(client.Name), id, secret);
            default:
                return Results.BadRequest();
        }

        return Pages.SeeOther("/admin/clients");
    }

    private static IResult Once(HttpContext context, string title, string id, string secret)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<SecretPage>(new { Title = title, Name = id, Secret = secret, Back = "/admin/clients" });
    }
}
