namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>How numbers of firms look in the departments' files.</summary>
internal static class NumberShape
{
    /// <summary>
    /// Whatever may be a number. A wrong one is not refused: that it leads to no firm is a contradiction, which its office hears of.
    /// </summary>
    public const string Any = "[0-9A-Za-z-]{1,20}";
}
