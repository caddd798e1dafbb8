using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Every address of the population base, what it demands, and what answers.</summary>
internal static class Routes
{
    private const string ReadPerson = "population.person.read";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/population", PersonPages.Search).Needs(ReadPerson);
        routes.MapPost("/population", PersonPages.Find).Needs(ReadPerson);
        routes.MapGet("/population/persons/{key}", PersonPages.Show).Needs(ReadPerson);
        routes.MapPost("/population/persons/{key}/reveal", PersonPages.Reveal).Needs("population.person.clear");
        routes.MapPost("/population/persons/{key}/certificate", PersonPages.Certificate).Needs("population.person.clear");
        routes.MapPost("/population/persons/{key}/suggest", ReviewPages.Suggest).Needs(PopulationSystem.Suggest);
        routes.MapGet("/me/record", PersonPages.Own).NeedsSignIn();

        // Which events the caller may register is asked for each kind.
        routes.MapGet("/population/events/new", EventPages.Choose).NeedsSignIn();
        routes.MapGet("/population/events/new/{kind}", EventPages.Ask).NeedsSignIn();
        routes.MapPost("/population/events/new/{kind}", EventPages.Declare).NeedsSignIn();
        routes.MapGet("/population/events/{key}", EventPages.Entry).Needs("population.event.read");

        routes.MapGet("/population/due", DuePages.Show).Needs(PopulationSystem.RegisterEvents);
        routes.MapGet("/population/duplicates", ReviewPages.Pairs).Needs(PopulationSystem.ReviewDuplicates);
        routes.MapGet("/population/duplicates/{key}", ReviewPages.Pair).Needs(PopulationSystem.ReviewDuplicates);
        routes.MapPost("/population/duplicates/{key}", ReviewPages.Decide).Needs(PopulationSystem.ReviewDuplicates);
        routes.MapGet("/population/suggestions", ReviewPages.Suggested).Needs(PopulationSystem.AnswerSuggestions);
        routes.MapPost("/population/suggestions/{key}", ReviewPages.Answer).Needs(PopulationSystem.AnswerSuggestions);

        routes.MapGet("/population/statistics", StatisticsPages.Show).Needs(PopulationSystem.ReadStatistics);
        routes.MapGet("/population/statistics/persons", StatisticsPages.Persons).Needs(ReadPerson);
        routes.MapGet("/statistics/population", StatisticsPages.Public).Public("公开的人口统计，不含小于10的数字");
    }
}
