using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Government.S05Enterprises.Pages;
using Shali.Platform.Identity;

namespace Shali.Government.S05Enterprises;

/// <summary>Every address of the sharing of enterprise information, what it demands, and what answers.</summary>
internal static class Routes
{
    public const string Enterprises = "/enterprises";
    public const string Contradictions = "/enterprises/contradictions";
    public const string Offices = "/enterprises/offices";

    public static string Firm(string organisation) => $"/enterprises/firms/{organisation}";

    public static string Authorities(string organisation) => Firm(organisation) + "/authorities";

    public static string Owners(string organisation) => Firm(organisation) + "/owners";

    public static string Contradiction(string code) => $"{Contradictions}/{Uri.EscapeDataString(code)}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Enterprises, FirmPages.Start).Needs(EnterpriseSystem.View);
        routes.MapGet("/enterprises/firms/{organisation}", FirmPages.Life).Needs(EnterpriseSystem.View);
        routes.MapGet("/enterprises/firms/{organisation}/authorities", FirmPages.Authorities).Needs(EnterpriseSystem.View);
        routes.MapGet("/enterprises/firms/{organisation}/owners", FirmPages.Owners).Needs(EnterpriseSystem.View);
        routes.MapGet(Contradictions, ContradictionPages.List).Needs(EnterpriseSystem.View);
        routes.MapGet(Contradictions + "/{code}", ContradictionPages.Show).Needs(EnterpriseSystem.View);
        routes.MapPost(Contradictions + "/compare", ContradictionPages.Compare).Needs(EnterpriseSystem.Review);
        routes.MapGet(Offices, ContradictionPages.League).Needs(EnterpriseSystem.View);
    }
}
