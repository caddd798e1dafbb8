using NetTopologySuite.Geometries;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Cql;

/// <summary>
/// A CQL2 expression as it was written (OGC 21-065r2), before anybody asks whether its fields exist. Positions count
/// characters from 1, for the sentence that says where something is wrong.
/// </summary>
internal abstract record CqlNode(int Position)
{
    public sealed record Truth(int Position, bool Value) : CqlNode(Position);

    public sealed record And(int Position, IReadOnlyList<CqlNode> Parts) : CqlNode(Position);

    public sealed record Or(int Position, IReadOnlyList<CqlNode> Parts) : CqlNode(Position);

    public sealed record Not(int Position, CqlNode Part) : CqlNode(Position);

    public sealed record Compare(int Position, Comparison Operator, CqlValue Left, CqlValue Right) : CqlNode(Position);

    public sealed record Like(int Position, CqlValue Value, CqlValue Pattern) : CqlNode(Position);

    public sealed record Between(int Position, CqlValue Value, CqlValue Low, CqlValue High) : CqlNode(Position);

    public sealed record In(int Position, CqlValue Value, IReadOnlyList<CqlValue> Options) : CqlNode(Position);

    public sealed record IsNull(int Position, CqlValue Value) : CqlNode(Position);

    public sealed record Intersects(int Position, CqlValue Left, CqlValue Right) : CqlNode(Position);
}

/// <summary>A field or a literal in an expression.</summary>
internal abstract record CqlValue(int Position)
{
    /// <summary>Wrapped in CASEI(...): upper and lower case are the same.</summary>
    public bool Folded { get; init; }

    public sealed record Property(int Position, string Name) : CqlValue(Position);

    public sealed record Words(int Position, string Value) : CqlValue(Position);

    public sealed record Number(int Position, decimal Value) : CqlValue(Position);

    public sealed record Truth(int Position, bool Value) : CqlValue(Position);

    public sealed record Day(int Position, DateOnly Value) : CqlValue(Position);

    public sealed record Moment(int Position, DateTimeOffset Value) : CqlValue(Position);

    /// <summary>Coordinates in the order in which they were written.</summary>
    public sealed record Shape(int Position, Geometry Value) : CqlValue(Position);
}
