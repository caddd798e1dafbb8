namespace Shali.FrontNode.Giving.Replication;

/// <summary>A column as the database has it now.</summary>
/// <param name="Type">Number of its type.</param>
/// <param name="Modifier">Length or digits, as the database writes them.</param>
/// <param name="Generated">Worked out by the database: the log does not tell it.</param>
/// <param name="Value">What an ordinary read gives; null: nothing that is known here.</param>
internal sealed record LayoutColumn(string Name, uint Type, int Modifier, bool Generated, Type? Value);

/// <summary>A table whose changes are followed.</summary>
/// <param name="Wanted">Columns that are read, in their order; one may be there twice.</param>
/// <param name="Keys">Which of them name a row.</param>
internal sealed record TableLayout(uint Id, string Schema, string Name, IReadOnlyList<LayoutColumn> Wanted, IReadOnlyList<int> Keys)
{
    public bool Same(TableLayout other) => Id == other.Id && Wanted.SequenceEqual(other.Wanted) && Keys.SequenceEqual(other.Keys);
}
