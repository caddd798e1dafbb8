namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// What a node says of one batch and signs: of what it sent, or of what it took into its own tables. The rows themselves are not in it;
/// their digest is.
/// </summary>
/// <param name="Kind">One of <see cref="StatementKind"/>.</param>
/// <param name="Node">Code of the node.</param>
/// <param name="Flow">Name of the flow at the node.</param>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Stream">The life of the flow's state at the node; a node that lost its disk begins another.</param>
/// <param name="Batch">Number in the stream, from 1, without gaps.</param>
/// <param name="Rows">How many rows as they stand.</param>
/// <param name="Gone">How many that are no longer there.</param>
/// <param name="Digest">Over both (<see cref="RowDigest"/>).</param>
public sealed record Statement(
    string Kind, string Node, string Flow, string Resource, string Stream, long Batch, int Rows, int Gone, byte[] Digest, string Suite, DateTimeOffset Made)
{
    /// <summary>Number of the grant, for what is taken.</summary>
    public string? Grant { get; init; }

    /// <summary>What it is for, for what is taken.</summary>
    public string? Purpose { get; init; }

    /// <summary>Where the feed stands after it, for what is taken.</summary>
    public string? Cursor { get; init; }
}

public static class StatementKind
{
    public const string Give = "give";
    public const string Take = "take";
}

/// <summary>A statement as it was signed.</summary>
/// <param name="Text">The bytes that are signed, JSON of a <see cref="Statement"/>.</param>
public sealed record SignedStatement(byte[] Text, string Serial, byte[] Signature)
{
    public static SignedStatement Sign(Statement statement, SigningKey key, string serial)
    {
        var text = EvidenceJson.Write(statement);
        return new(text, serial, key.Sign(text));
    }

    public Statement? Read() => EvidenceJson.Read<Statement>(Text);
}
