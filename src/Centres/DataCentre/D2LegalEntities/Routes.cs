using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Every address of the base of legal entities, what it demands, and what answers.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/firms", FirmPages.Search).Public(Text.PublicReason);
        routes.MapGet("/firms/{code}", FirmPages.Show).Public(Text.PublicReason);

        routes.MapGet("/legal-entities/filings", FilingPages.Choose).Needs(LegalEntitySystem.EnterFilings);
        routes.MapGet("/legal-entities/filings/new", FilingPages.AskNew).Needs(LegalEntitySystem.EnterFilings);
        routes.MapPost("/legal-entities/filings/new", FilingPages.EnterNew).Needs(LegalEntitySystem.EnterFilings);
        routes.MapGet("/legal-entities/filings/{code}", FilingPages.Steps).Needs(LegalEntitySystem.EnterFilings);
        routes.MapGet("/legal-entities/filings/{code}/{step}", FilingPages.Ask).Needs(LegalEntitySystem.EnterFilings);
        routes.MapPost("/legal-entities/filings/{code}/{step}", FilingPages.Enter).Needs(LegalEntitySystem.EnterFilings);
    }
}
