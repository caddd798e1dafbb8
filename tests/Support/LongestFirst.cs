using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Shali.Tests.Support.LongestFirst))]
[assembly: Parallelization(MaxThreads = Shali.Tests.Support.LongestFirst.Threads)]

namespace Shali.Tests.Support;

/// <summary>
/// The classes that take longest begin first, so that none of them is left alone at the end while a core has nothing to
/// do. Whatever is not named follows in the runner's own order. Only the order depends on it, no outcome.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>
    /// More than there are cores: tests that kill processes or look through a browser wait a good part of their time.
    /// </summary>
    public const int Threads = 4;

    private static readonly string[] Long =
    [
        "CityKilled", "EveryPage", "FrontNodeReplicates", "NodesKilled", "DocumentChecks", "StartRefused", "SupervisionWatches", "RouteFuzz", "ApiFuzz", "DemoSeeding",
        "AuditTampering", "FrontNodeStorm", "EnterprisesCompared", "AuditRemoval", "LoadStories", "AuditSurvives", "Afternoon",
        "DemoCasesMade", "RouteMatrix", "Restaurant", "LedgerBills", "OneWindowPages", "PackagePages", "ApprovalResults", "CaseDeskPages",
        "SecondFactors", "LedgerBooks", "ServiceWalk", "BehindProxy", "AuditLogKeeps",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName)).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int Place(string name)
    {
        var place = Array.FindIndex(Long, one => name.Contains("." + one, StringComparison.Ordinal));
        return place < 0 ? int.MaxValue : place;
    }
}
