using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Api;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Platform.Catalogue;

/// <summary>The catalogue of information resources （GB/T 21063, programme clause 三（三））.</summary>
public static class CatalogueModule
{
    private const string Reason = "目录是公开的：《政务数据共享条例》第十六条";

    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        return services
            .AddSingleton<OfficeName>(provider => provider.GetRequiredService<Offices>().NameOf)
            .AddSingleton<ResourceCatalogue>()
            .AddSingleton<Quality>()
            .AddSingleton<EntryViews>()
            .AddSingleton<SearchSource, CatalogueSearch>();
    }

    public static IEndpointRouteBuilder MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/catalogue", Browse).Public(Reason);
        routes.MapGet("/catalogue/dcat.jsonld", Whole).Public(Reason);
        routes.MapGet("/catalogue/{address}", Entry).Public(Reason);
        return routes;
    }

    private static IResult Browse(HttpContext context, ResourceCatalogue catalogue)
    {
        var query = CatalogueRequest.Read(context.Request.Query);
        return query.Ok
            ? context.Show<CataloguePage>(new { Query = query.Value, Result = catalogue.Search(query.Value) })
            : context.Show<CataloguePage>(
                new { Query = new CatalogueQuery { Words = context.Request.Query["q"].ToString().Trim() }, Result = catalogue.Search(new CatalogueQuery()), query.Refusals },
                StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> Entry(
        HttpContext context, string address, ResourceCatalogue catalogue, EntryViews views, Db db, CancellationToken cancel, string f = "html")
    {
        if (catalogue.Find(address) is not { } entry)
        {
            return Results.NotFound();
        }

        if (Unknown(context.Request, Text.EntryParameters, "f") is { Any: true } unknown)
        {
            await context.Refuse(unknown);
            return Results.Empty;
        }

        switch (f)
        {
            case "jsonld":
                var dates = await Dates(db, cancel);
                return Results.Stream(to => Dcat.WriteOne(to, SiteOf(context), entry, dates, cancel), Dcat.MediaType);
            case "html":
                return entry.Definition.Service ? ShowService(context, entry) : context.Show<EntryPage>(new { View = await views.Of(entry, context.Caller(), SiteOf(context), cancel) });
            default:
                await context.Refuse(new Refusal("CAT-04", "f", Text.UnknownFormat(f)));
                return Results.Empty;
        }
    }

    private static IResult ShowService(HttpContext context, CatalogueEntry entry) => context.Show<ServiceEntryPage>(new
    {
        Entry = entry,
        Offers = (IReadOnlyList<(string, string)>)[.. context.RequestServices.GetServices<EntryOffer>().Select(offer => offer.Of(entry.Definition, context.Caller())).OfType<(string, string)>()],
        Suspended = context.RequestServices.GetRequiredService<ServiceBook>().Named(entry.Address) is { IsOpen: false },
        Site = SiteOf(context),
    });

    private static async Task<IResult> Whole(
        HttpContext context, ResourceCatalogue catalogue, Installation site, Db db, CancellationToken cancel)
    {
        if (Unknown(context.Request, Text.NoParameters) is { Any: true } unknown)
        {
            await context.Refuse(unknown);
            return Results.Empty;
        }

        var dates = await Dates(db, cancel);
        return Results.Stream(to => Dcat.Write(to, SiteOf(context), site.City, catalogue.All, dates, cancel), Dcat.MediaType);
    }

    /// <summary>Parameters that an address does not have, each by its name: nothing is silently ignored.</summary>
    private static Refusals Unknown(HttpRequest request, string said, params string[] known) => new(
        [.. request.Query.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)).Select(name => new Refusal("CAT-01", name, Text.UnknownHere(name, said)))]);

    /// <summary>When each resource was first published and last changed.</summary>
    private static async Task<IReadOnlyDictionary<string, (DateTimeOffset Issued, DateTimeOffset Modified)>> Dates(
        Db db, CancellationToken cancel) =>
        (await db.List(
            $"select id, min(at), max(at) from registry.definition group by id",
            row => (Id: row.GetString(0), Issued: row.GetFieldValue<DateTimeOffset>(1), Modified: row.GetFieldValue<DateTimeOffset>(2)),
            cancel)).ToDictionary(row => row.Id, row => (row.Issued, row.Modified), StringComparer.Ordinal);

    private static string SiteOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
