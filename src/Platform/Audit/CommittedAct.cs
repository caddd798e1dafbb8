namespace Shali.Platform.Audit;

/// <summary>A write transaction of a registry schema, as its act table tells it.</summary>
internal sealed record CommittedAct(string Schema, long Id, DateTimeOffset At, string WhoId, string WhoName, string Office)
{
    public required string Kind { get; init; }

    public string? Purpose { get; init; }

    public string? Case { get; init; }

    public string? Source { get; init; }

    public string? Address { get; init; }

    public required int Rows { get; init; }

    public required byte[] Digest { get; init; }
}
