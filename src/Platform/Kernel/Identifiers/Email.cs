using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>电子邮箱: one @ between a local part and a host with a dot. Whether it exists is told by a message to it.</summary>
public sealed partial class Email : Identifier
{
    public static readonly Email Kind = new();

    private Email()
    {
    }

    public override string Name => "email";

    public override string Label => "电子邮箱";

    public override string Standard => "RFC 5321";

    public override string Pattern => Form().ToString();

    /// <summary>Half-width and trimmed; the host in lower case, the local part as it was written.</summary>
    public override string Normalise(string text)
    {
        var address = string.Concat(text.Trim().Select(Folding.Narrow));
        var at = address.LastIndexOf('@');
        return at < 0 ? address : string.Concat(address.AsSpan(0, at), address[at..].ToLowerInvariant());
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today) =>
        number.Length <= 254 && Form().IsMatch(number) ? Sound : [new(Flaws.Form, FlawKind.Shape, Text.EmailForm)];

    [GeneratedRegex(
        @"^[^\s@""(),:;<>\[\\\]]{1,64}@(?:[a-z0-9\u4E00-\u9FFF](?:[a-z0-9\u4E00-\u9FFF-]{0,61}[a-z0-9\u4E00-\u9FFF])?\.)+[a-z\u4E00-\u9FFF]{2,63}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
