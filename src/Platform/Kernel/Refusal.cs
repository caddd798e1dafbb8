using System.Collections;

namespace Shali.Platform.Kernel;

/// <summary>
/// One thing that is wrong with what somebody asked for, said so that he can put it right.
/// A refusal is a value: a check returns all of them at once (行政许可法 art. 32: one notice of everything).
/// </summary>
/// <param name="Code">Permanent, never reused, greppable: <c>REG-F03</c>.</param>
/// <param name="Field">The field that it is about; empty when it is about the whole.</param>
/// <param name="Sentence">What to tell the person, in Chinese.</param>
/// <param name="Basis">The law or standard behind it, when there is one.</param>
public sealed record Refusal(string Code, string Field, string Sentence, Basis? Basis = null);

/// <summary>All that is wrong, in the order in which a person reads the form. Empty means accepted.</summary>
public sealed class Refusals : IReadOnlyList<Refusal>
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly Refusals None = new([]);

    private readonly IReadOnlyList<Refusal> _items;

    public Refusals(IReadOnlyList<Refusal> items) => _items = items;

    public static Refusals Of(params Refusal?[] items) => new([.. items.OfType<Refusal>()]);

    public bool Any => _items.Count > 0;

    public int Count => _items.Count;

    public Refusal this[int index] => _items[index];

    /// <summary>The refusals of one field, to stand beside it.</summary>
    public IEnumerable<Refusal> For(string field) =>
        _items.Where(refusal => string.Equals(refusal.Field, field, StringComparison.Ordinal));

    public Refusals And(Refusals more) => !Any ? more : !more.Any ? this : new([.. _items, .. more._items]);

    public IEnumerator<Refusal> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', _items.Select(refusal => refusal.Sentence));
}

/// <summary>What an operation gives: its value, or why not. Never both, never neither.</summary>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusals refusals)
    {
        _value = value;
        Refusals = refusals;
    }

    public Refusals Refusals { get; }

    public bool Ok => !Refusals.Any;

    /// <summary>The value; asking for it when the operation was refused is a bug in the caller.</summary>
    public T Value => Ok ? _value! : throw new InvalidOperationException($"Refused: {Refusals}");

    public static implicit operator Outcome<T>(T value) => new(value, Refusals.None);

    internal static Outcome<T> Accepted(T value) => new(value, Refusals.None);

    public static implicit operator Outcome<T>(Refusals refusals) => refusals.Any
        ? new(default, refusals)
        : throw new InvalidOperationException("An outcome without a value needs a refusal.");

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, Refusals.Of(refusal));
}

/// <summary>Makes outcomes of types that the implicit conversions cannot serve, such as <c>object</c>.</summary>
public static class Outcome
{
    public static Outcome<T> Of<T>(T value) => Outcome<T>.Accepted(value);
}
