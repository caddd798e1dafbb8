using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shali.Platform.Identity;

/// <summary>What the three administrators do: each page shows all of them, each act belongs to one of them.</summary>
internal static class AdminRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/offices", OfficeAdmin.List).Needs(IdentitySystem.Look);
        routes.MapGet("/admin/offices/new", OfficeAdmin.ShowNew).Needs(IdentitySystem.ManageOffices);
        routes.MapPost("/admin/offices/new", OfficeAdmin.Found).Needs(IdentitySystem.ManageOffices);
        routes.MapGet("/admin/offices/{code}", OfficeAdmin.Show).Needs(IdentitySystem.Look);
        routes.MapPost("/admin/offices/{code}", OfficeAdmin.Save).Needs(IdentitySystem.ManageOffices);

        routes.MapGet("/admin/people", PeopleAdmin.List).Needs(IdentitySystem.Look);
        routes.MapGet("/admin/people/new", PeopleAdmin.ShowNew).Needs(IdentitySystem.ManageAccounts);
        routes.MapPost("/admin/people/new", PeopleAdmin.Create).Needs(IdentitySystem.ManageAccounts);
        routes.MapGet("/admin/people/{id}", PeopleAdmin.Show).Needs(IdentitySystem.Look);
        routes.MapPost("/admin/people/{id}/account", PeopleAdmin.Change).Needs(IdentitySystem.Look);
        routes.MapPost("/admin/people/{id}/posts", PostAdmin.Give).Needs(IdentitySystem.ManagePosts);

        routes.MapGet("/admin/posts", PostAdmin.List).Needs(IdentitySystem.Look);
        routes.MapPost("/admin/posts/{key}/end", PostAdmin.End).Needs(IdentitySystem.ManagePosts);

        routes.MapGet("/admin/roles", RoleAdmin.Show).Needs(IdentitySystem.Look);
        routes.MapPost("/admin/roles", RoleAdmin.Change).Needs(IdentitySystem.ManageRoles);
        routes.MapPost("/admin/roles/{key}/end", RoleAdmin.End).Needs(IdentitySystem.ManageRoles);

        routes.MapGet("/admin/clients", ClientAdmin.List).Needs(IdentitySystem.Look);
        routes.MapGet("/admin/clients/new", ClientAdmin.ShowNew).Needs(IdentitySystem.ManageClients);
        routes.MapPost("/admin/clients/new", ClientAdmin.Create).Needs(IdentitySystem.ManageClients);
        routes.MapPost("/admin/clients/{id}", ClientAdmin.Change).Needs(IdentitySystem.ManageClients);
    }

    /// <summary>A day as a date field sends it; null when the field is empty.</summary>
    public static bool Day(IFormCollection form, string field, out DateOnly? day)
    {
        var text = form.Text(field);
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        day = read ? parsed : null;
        return read || text.Length == 0;
    }

    public static int Status(bool refused) => refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
