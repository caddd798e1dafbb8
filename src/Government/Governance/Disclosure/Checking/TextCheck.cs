using System.Text.RegularExpressions;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// Looks for personal numbers and secrecy marks in a text, however they are written: full-width digits, spaces, broken
/// lines. Pure. A number counts only when its check character fits; a word counts only where it stands as a mark.
/// </summary>
public static partial class TextCheck
{
    private const int Around = 12;

    public static IReadOnlyList<Finding> Of(string place, string text, DateOnly today)
    {
        var folded = Fold(text);
        var found = Spans(folded, today).OrderBy(span => span.Start).ThenByDescending(span => span.Length).ToList();
        var kept = new List<Span>();
        foreach (var span in found)
        {
            // A longer number that begins first is what was meant; the shorter one inside of it is not told as well.
            if (kept.All(other => span.Start >= other.Start + other.Length || span.Start + span.Length <= other.Start))
            {
                kept.Add(span);
            }
        }

        var masked = Mask(text, kept);
        return [.. kept.Select(span => new Finding(span.Kind, place, LineOf(text, span.Start), Excerpt(masked, span)))];
    }

    private readonly record struct Span(FindingKind Kind, int Start, int Length);

    private static IEnumerable<Span> Spans(string text, DateOnly today)
    {
        foreach (Match match in Citizen().Matches(text))
        {
            var number = Digits(match.Value);
            if (CitizenNumber.IsValid(number, today))
            {
                yield return new(FindingKind.CitizenNumber, match.Index, match.Length);
            }
        }

        foreach (Match match in OldCitizen().Matches(text))
        {
            if (CitizenNumber.IsValid(CitizenNumber.Upgrade(match.Value), today) && CitizenNumber.BirthDate(CitizenNumber.Upgrade(match.Value))!.Value.Year >= today.Year - 110)
            {
                yield return new(FindingKind.OldCitizenNumber, match.Index, match.Length);
            }
        }

        foreach (Match match in Card().Matches(text))
        {
            var number = Digits(match.Value);
            if (BankCard.IsValid(number) && !(number.Length == 18 && (CreditCode.IsValid(number) || CitizenNumber.IsValid(number, today))))
            {
                yield return new(FindingKind.BankCard, match.Index, match.Length);
            }
        }

        foreach (Match match in Mobile().Matches(text))
        {
            yield return new(FindingKind.MobilePhone, match.Index, match.Length);
        }

        foreach (var span in OfWords(Secrecy(), FindingKind.SecrecyMark, text)
            .Concat(OfWords(TopSecretWord(), FindingKind.SecrecyWord, text))
            .Concat(OfWords(GradeLine(), FindingKind.SecrecyWord, text))
            .Concat(OfWords(Internal(), FindingKind.InternalMark, text)))
        {
            yield return span;
        }

        foreach (Match match in Door().Matches(text))
        {
            if (!OfAnOffice().IsMatch(LineUpTo(text, match.Index)))
            {
                yield return new(FindingKind.Address, match.Index, match.Length);
            }
        }
    }

    private static IEnumerable<Span> OfWords(Regex pattern, FindingKind kind, string text) =>
        pattern.Matches(text).Select(match => match.Groups["mark"] is { Success: true } mark
            ? new Span(kind, mark.Index, mark.Length) : new Span(kind, match.Index, match.Length));

    /// <summary>One character for one character, so that what is found in it stands at the same place in the text.</summary>
    private static string Fold(string text) => string.Create(text.Length, text, static (folded, original) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = original[i] switch
            {
                >= '！' and <= '～' and var wide => (char)(wide - '！' + '!'),
                'x' => 'X',
                '\u3000' or '\u00A0' or '\u2007' or '\u202F' or '\u2009' or '\u200B' or '\u200C' or '\u200D' or '\uFEFF' or '\u2060' or '\u00AD' or '\t' => ' ',
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
                '\u2028' or '\u2029' or '\u000B' or '\u000C' or '\r' => '\n',
                var letter => letter,
            };
        }
    });

    private static string Digits(string text) => string.Concat(text.Where(letter => char.IsAsciiDigit(letter) || letter == 'X'));

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    private static string LineUpTo(string text, int at) => text[(text.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1)..at];

    private static string Mask(string text, List<Span> spans)
    {
        var letters = text.ToCharArray();
        foreach (var span in spans.Where(span => span.Kind is not (FindingKind.SecrecyMark or FindingKind.SecrecyWord or FindingKind.InternalMark)))
        {
            // The first two and the last two characters stay, so that whoever wrote it finds it again.
            for (var i = span.Start + 2; i < span.Start + span.Length - 2; i++)
            {
                letters[i] = char.IsWhiteSpace(letters[i]) ? letters[i] : '*';
            }
        }

        return new(letters);
    }

    private static string Excerpt(string masked, Span span)
    {
        var from = Math.Max(span.Start - Around, 0);
        var to = Math.Min(span.Start + span.Length + Around, masked.Length);
        return (from > 0 ? "…" : "") + masked[from..to].ReplaceLineEndings(" ").Trim() + (to < masked.Length ? "…" : "");
    }

    // Up to three separators between digits: a table cell, a broken line.
    [GeneratedRegex(@"(?<![0-9A-Z.])(?=[1-8])(?:[0-9][ \n-]{0,3}){17}[0-9X](?![0-9A-Z])", RegexOptions.None, 2000)]
    private static partial Regex Citizen();

    [GeneratedRegex(@"(?<![0-9A-Z.-])[1-8][0-9]{14}(?![0-9A-Z.-])")]
    private static partial Regex OldCitizen();

    // Cards of the country begin with 62; others only where they are written in one piece.
    [GeneratedRegex(@"(?<![0-9A-Z.-])(?:62(?:[ \n-]?[0-9]){14,17}|[3-6](?:[0-9]{15}|[0-9]{18}))(?![0-9A-Z]|\.[0-9]|[ -]?[0-9])")]
    private static partial Regex Card();

    [GeneratedRegex(@"(?:(?<![0-9A-Z.¥￥第-])|(?<=(?:[+]|00)86[ -]?))1[3-9](?:[0-9]{9}|[0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9]{0,8}\n[0-9]{1,9}(?<=1[0-9\n]{11}))(?![0-9A-Z-]|\.[0-9]|[ ]?(?:元|万|亿|平方|户|人|吨|号文))")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"(?:绝[ ]*密|机[ ]*密|秘[ ]*密)[ ]*[★☆*＊](?:[ ]*(?:[0-9]+[ ]*(?:年|个月)|长[ ]*期))?|(?:^|\n)[ ]*(?<mark>(?:绝[ ]*密|机[ ]*密|秘[ ]*密)(?:级)?(?:[ ]*(?:[0-9]+[ ]*年|长[ ]*期))?)[ ]*(?=\n|$)|[\[【(〔「<《](?<mark>绝密|机密|秘密)(?:级|件|文件)?[\]】)〕」>》]|密[ ]*级[ ]*[:：][ ]*(?:绝密|机密|秘密|内部)|★[ ]*(?:[0-9]+[ ]*年|长[ ]*期)|[(](?:此件|本件|本文)(?:不公开|不予公开|不得公开|依申请公开)[)]")]
    private static partial Regex Secrecy();

    [GeneratedRegex(@"绝[ ]*密(?!级|事项|的范围)|机密(?:文件|件|电报|级文件)")]
    private static partial Regex TopSecretWord();

    [GeneratedRegex(@"密[ ]*级[ ]*[:：][ ]*(?!公开|无|非密|[-—/]|\n|$)[^ \n]{1,8}")]
    private static partial Regex GradeLine();

    [GeneratedRegex(@"(?:^|\n)[ ]*(?<mark>内[ ]*部(?:[ ]*(?:资[ ]*料|文[ ]*件|使[ ]*用|掌[ ]*握|刊[ ]*物))?)[ ]*(?=\n|$)|内部(?:资料|文件|刊物)?[,，、 ]*(?:注意保存|不得外传|严禁外传|请勿外传)|(?:仅供|限)内部(?:使用|参考|掌握|阅)|不得外传|严禁外传")]
    private static partial Regex Internal();

    [GeneratedRegex(@"[\u4e00-\u9fa5]{1,10}(?:路|街|大道|巷|胡同|弄|小区|家园|花园|苑|村)[\u4e00-\u9fa5]{0,8}?[0-9]{1,5}号(?:院)?(?:[ ]*[0-9]{1,4}(?:号楼|栋|幢|楼))?(?:[ ]*[0-9]{1,3}单元)?(?:[ ]*[0-9]{1,5}(?:室|户|号))?|[\u4e00-\u9fa5]{1,10}(?:小区|家园|花园|苑|村)[ ]*[0-9]{1,4}(?:号楼|栋|幢)[ ]*(?:[0-9]{1,3}单元)?[ ]*[0-9]{1,5}(?:室|户|号)")]
    private static partial Regex Door();

    [GeneratedRegex(@"(?:办公|通讯|联系|受理|服务|窗口|单位|机构|现场|报名|考试|项目|建设|经营)(?:地址|地点|场所)|地址[:：][^\n]*(?:局|厅|中心|大厅|办事处)|(?:大厅|窗口|中心)[(（]")]
    private static partial Regex OfAnOffice();
}
