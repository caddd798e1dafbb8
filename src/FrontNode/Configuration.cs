using System.Text.Json;
using System.Text.Json.Serialization;
using Shali.Platform.Exchange.Evidence;

namespace Shali.FrontNode;

/// <summary>The one configuration file: JSON with comments. What it does not know it refuses by name.</summary>
public sealed record Configuration
{
    /// <summary>Address of the centre.</summary>
    public required Uri Centre { get; init; }

    /// <summary>Folder of keys, outbox and log; only the node's own user may enter it.</summary>
    public required string Data { get; init; }

    /// <summary>Port of the status page on the loopback; null: none.</summary>
    public int? StatusPort { get; init; } = 9850;

    /// <summary>Name of the signature suite of keys that are made at the next enrolment.</summary>
    public string Suite { get; init; } = "ecdsa-p256-sha256";

    /// <summary>Certificates in PEM that the TLS of the centre is judged by; null: those of the machine.</summary>
    public string? CaFile { get; init; }

    /// <summary>How much may wait to be sent. When it is full the sources wait: nothing is lost there.</summary>
    public int OutboxMaxMb { get; init; } = 512;

    /// <summary>How often the node says how it is.</summary>
    public int ReportSeconds { get; init; } = 30;

    /// <summary>What the office gives.</summary>
    public IReadOnlyList<GiveSettings> Gives { get; init; } = [];

    /// <summary>What it takes.</summary>
    public IReadOnlyList<TakeSettings> Takes { get; init; } = [];

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="NodeRefusedException">The file cannot be used; says all that is wrong.</exception>
    public static Configuration Read(string path)
    {
        Configuration read;
        try
        {
            read = JsonSerializer.Deserialize<Configuration>(File.ReadAllText(path), Form) ?? throw new NodeRefusedException(Text.EmptyConfiguration);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new NodeRefusedException(Text.CannotReadConfiguration(path, broken.Message));
        }

        var faults = read.Faults().ToList();
        return faults.Count == 0 ? read : throw new NodeRefusedException(string.Join('\n', faults));
    }

    /// <summary>All that is wrong, as sentences.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Centre.IsAbsoluteUri || (Centre.Scheme != Uri.UriSchemeHttps && !Centre.IsLoopback))
        {
            yield return Text.CentreNeedsTls;
        }

        if (SignatureSuite.Find(Suite) is null)
        {
            yield return Text.NoSuchSuite(Suite);
        }

        foreach (var twice in Gives.Select(give => give.Flow).Concat(Takes.Select(take => take.Flow)).GroupBy(flow => flow, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return Text.FlowTwice(twice.Key);
        }

        foreach (var twice in Gives.Where(give => give.Source.Changes is not null).GroupBy(give => (give.Source.Connection, give.Source.Changes!.Slot)).Where(group => group.Count() > 1))
        {
            yield return Text.SlotTwice(twice.Key.Slot);
        }

        foreach (var fault in Gives.SelectMany(give => give.Faults()).Concat(Takes.SelectMany(take => take.Faults())))
        {
            yield return fault;
        }
    }

    internal static IEnumerable<string> FlowFaults(string flow, string resource, IReadOnlyDictionary<string, string> map)
    {
        if (flow is not { Length: > 0 and <= 40 } || !flow.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            yield return Text.BadFlowName(flow);
        }

        if (resource.Length == 0)
        {
            yield return Text.NoResource(flow);
        }

        if (map.Count == 0)
        {
            yield return Text.NoMap(flow);
        }
    }
}

/// <summary>One table, view or folder of files, and the resource that it becomes.</summary>
public sealed record GiveSettings
{
    /// <summary>So many rows may end at once in a source of any size.</summary>
    private const int Few = 20;

    /// <summary>Name of the flow: lower-case letters, digits and hyphens. Stays the same for ever.</summary>
    public required string Flow { get; init; }

    /// <summary>Id or address of the resource.</summary>
    public required string Resource { get; init; }

    public required PlaceSettings Source { get; init; }

    /// <summary>Name of the field to name of the column.</summary>
    public required IReadOnlyDictionary<string, string> Map { get; init; }

    /// <summary>A column that only grows when a row is written: then only newer rows are read between full compares.</summary>
    public string? Watermark { get; init; }

    /// <summary>How far below the highest mark is read again, for rows that were committed late: seconds for times, steps for numbers.</summary>
    public int Overlap { get; init; } = 60;

    /// <summary>How often the source is looked at.</summary>
    public int EverySeconds { get; init; } = 10;

    /// <summary>With a watermark or the changes: how often everything is compared all the same, which finds what was deleted, or changed while nobody told.</summary>
    public int FullEveryMinutes { get; init; } = 24 * 60;

    /// <summary>When more than this share of the rows is gone at once the flow stops and asks: a source that was emptied by mistake ends nothing.</summary>
    public int EndsMaxPercent { get; init; } = 20;

    public int BatchRows { get; init; } = 5_000;

    /// <summary>How often both sides are compared.</summary>
    public int CompareEveryHours { get; init; } = 24;

    /// <summary>So much does not end at once without somebody having looked: a few rows do, and a share of all.</summary>
    internal bool IsMoreThanAnybodyBelieves(int gone, long all) => gone > Few && gone * 100L > all * EndsMaxPercent;

    internal IEnumerable<string> Faults()
    {
        foreach (var fault in Configuration.FlowFaults(Flow, Resource, Map).Concat(Source.Faults(Flow, files: true)))
        {
            yield return fault;
        }

        if (Watermark is not null && Source.Changes is not null)
        {
            yield return Text.ChangesAndWatermark(Flow);
        }

        if (BatchRows is < 1 or > 10_000)
        {
            yield return Text.BadBatch(Flow);
        }
    }
}

/// <summary>A resource and the department's table into which it comes.</summary>
public sealed record TakeSettings
{
    /// <inheritdoc cref="GiveSettings.Flow"/>
    public required string Flow { get; init; }

    public required string Resource { get; init; }

    /// <summary>Number of the grant; null: the only one that there is, or none is needed.</summary>
    public string? Grant { get; init; }

    public string? Purpose { get; init; }

    public required PlaceSettings Target { get; init; }

    /// <summary>Column of the key; it must be the table's primary key or unique.</summary>
    public required string Key { get; init; }

    /// <inheritdoc cref="GiveSettings.Map"/>
    public required IReadOnlyDictionary<string, string> Map { get; init; }

    public int BatchRows { get; init; } = 1_000;

    /// <summary>How often the table is compared with what the centre gives.</summary>
    public int CompareEveryHours { get; init; } = 24;

    internal IEnumerable<string> Faults()
    {
        foreach (var fault in Configuration.FlowFaults(Flow, Resource, Map).Concat(Target.Faults(Flow, files: false)))
        {
            yield return fault;
        }

        if (BatchRows is < 1 or > 1_000)
        {
            yield return Text.BadBatch(Flow);
        }
    }
}

/// <summary>Where rows are: a table or view of a database, or a folder of files.</summary>
public sealed record PlaceSettings
{
    /// <summary><c>postgresql</c>, <c>mariadb</c>, <c>mysql</c>, <c>sqlserver</c>, <c>sqlite</c> or <c>files</c>.</summary>
    public required string Kind { get; init; }

    public string Connection { get; init; } = "";

    /// <summary>Name of the environment variable with the password, so that it need not stand in the file.</summary>
    public string? PasswordFrom { get; init; }

    /// <summary>Name of the table or view, with its schema where it is not the usual one.</summary>
    public string Table { get; init; } = "";

    public string Folder { get; init; } = "";

    /// <summary>Which files of the folder.</summary>
    public string Pattern { get; init; } = "*.csv";

    /// <summary>The changes of a PostgreSQL table are read as its log tells them; null: they are not.</summary>
    public ChangesSettings? Changes { get; init; }

    internal IEnumerable<string> Faults(string flow, bool files)
    {
        foreach (var fault in Changes is null ? [] : files ? Changes.Faults(flow, Kind) : [Text.ChangesOfTarget(flow)])
        {
            yield return fault;
        }

        if (Kind == "files" && files)
        {
            if (Folder.Length == 0)
            {
                yield return Text.NoFolder(flow);
            }
        }
        else if (Databases.Engine.Find(Kind) is null)
        {
            yield return Text.NoSuchKind(flow, Kind);
        }
        else if (Connection.Length == 0 || Table.Length == 0)
        {
            yield return Text.NoTable(flow);
        }
    }
}

/// <summary>Logical replication of PostgreSQL: the department's administrator makes the publication, the node its slot.</summary>
public sealed record ChangesSettings
{
    private const int SlotLengthMax = 63;

    /// <summary>Name of the publication that the table is in.</summary>
    public required string Publication { get; init; }

    /// <summary>Name of the slot, which keeps the place up to which this flow has taken; no other flow and program may use it.</summary>
    public required string Slot { get; init; }

    internal IEnumerable<string> Faults(string flow, string kind)
    {
        if (kind != "postgresql")
        {
            yield return Text.ChangesNeedPostgreSql(flow, kind);
        }

        if (Publication.Length == 0)
        {
            yield return Text.NoPublicationName(flow);
        }

        if (Slot is not { Length: > 0 and <= SlotLengthMax } || !Slot.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            yield return Text.BadSlot(flow, Slot);
        }
    }
}

/// <summary>The program ends with this sentence; nothing was changed.</summary>
public sealed class NodeRefusedException(string sentence) : Exception(sentence);
