using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// One thing that a service may be asked: method and path, in which <c>{name}</c> stands for one segment and <c>{**name}</c> at the end for
/// all that follow. Where the segment, or a parameter of the query, is called <c>subject</c>, it carries the citizen number of the
/// person about whom is asked: <c>person GET /persons/{subject} 人员信息</c>, <c>person GET /person?id={subject} 人员信息</c>.
/// </summary>
/// <param name="Code">Permanent; grants name it.</param>
/// <param name="SubjectParameter">Name of the query parameter with the citizen number; null: none.</param>
public sealed partial record ServiceOperation(string Code, string Method, string Path, string? SubjectParameter, string Name)
{
    public const string Subject = "subject";

    private readonly string[] _segments = Path.Split('/')[1..];

    /// <summary>As it was written.</summary>
    public string Line => $"{Code} {Call} {Name}";

    /// <summary>Method and path, with the parameter that carries the citizen number: <c>GET /person?id={subject}</c>.</summary>
    public string Call => $"{Method} {Path}{(SubjectParameter is null ? "" : $"?{SubjectParameter}={{{Subject}}}")}";

    /// <summary>Null when the line says no operation.</summary>
    public static ServiceOperation? Read(string line) =>
        Form().Match(line.Trim()) is { Success: true } match && Sound(match.Groups["path"].Value)
            ? new(match.Groups["code"].Value, match.Groups["method"].Value, match.Groups["path"].Value, match.Groups["query"].Success ? match.Groups["query"].Value : null, match.Groups["name"].Value)
            : null;

    public static IEnumerable<string> Lines(string operations) => operations.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a call is this operation.</summary>
    /// <param name="path">Decoded, beginning with a slash.</param>
    /// <param name="subject">The segment that carries the citizen number; null: the path has none.</param>
    public bool Is(string method, string path, out string? subject)
    {
        subject = null;
        if (method != Method)
        {
            return false;
        }

        var asked = path.Split('/')[1..];
        for (var i = 0; i < _segments.Length; i++)
        {
            if (_segments[i].StartsWith("{**", StringComparison.Ordinal))
            {
                return asked.Length > i && asked[i].Length > 0;
            }

            if (i >= asked.Length || !(Hole(_segments[i], out var name) ? asked[i].Length > 0 : asked[i] == _segments[i]))
            {
                return false;
            }

            subject = name == Subject ? asked[i] : subject;
        }

        return asked.Length == _segments.Length;
    }

    private static bool Hole(string segment, [NotNullWhen(true)] out string? name)
    {
        name = segment is ['{', .., '}'] ? segment[1..^1] : null;
        return name is not null;
    }

    private static bool Sound(string path)
    {
        var segments = path.Split('/')[1..];
        return segments.Select((segment, i) => (segment, Last: i == segments.Length - 1)).All(one =>
            one.segment is not ("." or "..") && (one.segment.Contains('{', StringComparison.Ordinal) || one.segment.Contains('}', StringComparison.Ordinal)
                ? HoleForm().IsMatch(one.segment) && (one.Last || !one.segment.StartsWith("{**", StringComparison.Ordinal))
                : one.segment.Length > 0 || one.Last));
    }

    [GeneratedRegex(@"^(?<code>[a-z][a-z0-9_]{0,39})\s+(?<method>GET|POST|PUT|PATCH|DELETE)\s+(?<path>/[^\s?%\\;#]*)(?:\?(?<query>[A-Za-z0-9_.-]{1,60})=\{subject\})?\s+(?<name>\S.{0,79})$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^\{(\*\*)?[a-z][a-z0-9_]{0,39}\}$")]
    private static partial Regex HoleForm();
}
