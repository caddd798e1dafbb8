using System.Globalization;

namespace Shali.Platform.Kernel;

/// <summary>
/// An amount of renminbi, exact: a whole number of fen (分, a hundredth of a yuan). Sums that do not fit into 64 bits
/// throw; nothing is rounded except where <see cref="Rounded"/> says so.
/// </summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static readonly Money Zero = new(0);

    /// <summary>In yuan, with two decimals: as records and files carry it.</summary>
    public decimal Yuan => Fen / 100m;

    /// <summary>An amount in yuan that has no part of a fen; one that has is a bug in whoever made it.</summary>
    public static Money OfYuan(decimal yuan)
    {
        var fen = yuan * 100m;
        return fen == decimal.Truncate(fen)
            ? new((long)fen)
            : throw new ArgumentException($"{yuan} yuan is not a whole number of fen.", nameof(yuan));
    }

    /// <summary>An amount in yuan rounded to the fen, half away from zero, as bills round each line.</summary>
    public static Money Rounded(decimal yuan) => new((long)decimal.Round(yuan * 100m, 0, MidpointRounding.AwayFromZero));

    public static Money Sum(IEnumerable<Money> amounts)
    {
        var sum = 0L;
        foreach (var amount in amounts)
        {
            sum += amount.Fen;
        }

        return new(sum);
    }

    public static Money operator +(Money left, Money right) => new(left.Fen + right.Fen);

    public static Money operator -(Money left, Money right) => new(left.Fen - right.Fen);

    public static Money operator -(Money amount) => new(-amount.Fen);

    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    public static Money Negate(Money amount) => -amount;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>¥1,234.50</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Fen < 0 ? "-" : "")}¥{Math.Abs(Yuan):#,##0.00}");
}
