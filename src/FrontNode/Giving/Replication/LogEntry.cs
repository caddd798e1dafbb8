namespace Shali.FrontNode.Giving.Replication;

/// <summary>What the log of a source tells of its table, one after the other.</summary>
internal abstract record LogEntry
{
    /// <summary>A transaction; what it changed follows. Only what was committed is told.</summary>
    /// <param name="Commit">Where in the log it was committed: later ones have a higher place.</param>
    public sealed record Begun(uint Transaction, ulong Commit) : LogEntry;

    /// <summary>The transaction is over.</summary>
    /// <param name="Place">In the log, behind it.</param>
    public sealed record Ended(ulong Place) : LogEntry;

    /// <summary>One row of the table.</summary>
    /// <param name="Old">Cells of the columns that named it before, the others empty; null: what names it has not changed.</param>
    /// <param name="New">The row as it is now; null: it was deleted.</param>
    /// <param name="Again">The log does not say all of it: by these values of the naming columns it is read again.</param>
    public sealed record Changed(string?[]? Old, ReadRow? New, string[]? Again) : LogEntry;

    /// <summary>A change that was not wanted.</summary>
    public sealed record Passed : LogEntry;

    /// <summary>TRUNCATE.</summary>
    public sealed record Emptied : LogEntry;

    /// <summary>Nothing of this table.</summary>
    public sealed record Other : LogEntry;
}

/// <summary>The log alone does not say how the rows stand now: all have to be looked at.</summary>
internal sealed class LookNeededException(string sentence) : Exception(sentence);
