using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Checking;

/// <summary>
/// Answers whether a document is genuine, in force, and what was altered. Whoever has the document, or its number and
/// code, may know what it says; nobody learns of a document that he does not have.
/// </summary>
public sealed partial class DocumentCheck
{
    private const int SameNumberMost = 20;

    private readonly RecordReader _reader;
    private readonly DocumentDesk _documents;
    private readonly CertificateAuthority _authority;
    private readonly PdfText _text;
    private readonly AuditLog _log;
    private readonly TimeProvider _time;

    internal DocumentCheck(
        RecordReader reader, DocumentDesk documents, CertificateAuthority authority, PdfText text, AuditLog log, TimeProvider time) =>
        (_reader, _documents, _authority, _text, _log, _time) = (reader, documents, authority, text, log, time);

    /// <summary>By what stands on paper: number and check code.</summary>
    public async Task<Outcome<CheckReport>> ByNumber(Caller who, string number, string code, CancellationToken cancel)
    {
        var wanted = number.Trim();
        var refusals = Refusals.Of(
            wanted.Length is 0 or > 100 ? new Refusal("DOC-V21", "number", Text.NumberToCheck) : null,
            DocumentDesk.Bare(code).Length == 0 ? new Refusal("DOC-V22", "code", Text.CodeToCheck) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var same = await Where("number", Folded(wanted), SameNumberMost, cancel);
        return same.FirstOrDefault(document => DocumentDesk.CodeFits(document, code)) is { } found
            ? await ByRecord(who, found, cancel)
            : new Refusal("DOC-V23", "number", Text.NothingFits);
    }

    /// <summary>By the address in the code of squares; null when there is no such document or the code is another's.</summary>
    public async Task<CheckReport?> ByAddress(Caller who, string key, string code, CancellationToken cancel) =>
        await _documents.Find(key, cancel) is { } found && DocumentDesk.CodeFits(found, code) ? await ByRecord(who, found, cancel) : null;

    /// <summary>By the file itself.</summary>
    public async Task<Outcome<CheckReport>> ByFile(Caller who, byte[] file, CancellationToken cancel)
    {
        if (file.AsSpan(0, Math.Min(file.Length, 1024)).IndexOf("%PDF-"u8) < 0)
        {
            return new Refusal("DOC-V24", "file", Text.NotPdf);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        var trusted = await _authority.Authorities(cancel);
        var signatures = PdfSignature.In(file);
        var judged = signatures.Select(each => (Signature: each, Verdict: SignatureCheck.Judge(each, trusted, _time.GetUtcNow())))
            .Where(each => each.Verdict is not null).Select(each => (each.Signature, Verdict: each.Verdict!)).ToList();
        var report = (await Where("digest", digest, 1, cancel)).FirstOrDefault() is { } issued
            ? await Identical(issued, judged.Select(each => each.Verdict).FirstOrDefault(), cancel)
            : await Different(file, signatures.Count, judged, cancel);
        await Remember(who, report, "file " + digest, cancel);
        return report;
    }

    private async Task<CheckReport> ByRecord(Caller who, Document document, CancellationToken cancel)
    {
        var report = await Standing(document, [new("DOC-V01", Tone.Good, Text.Registered)], cancel);
        await Remember(who, report, "number", cancel);
        return report;
    }

    private async Task<CheckReport> Identical(Document issued, SignatureVerdict? verdict, CancellationToken cancel) =>
        await Standing(issued, [new("DOC-V02", Tone.Good, Text.Identical)], cancel) with
        {
            SignedBy = verdict is null ? null : Signer(verdict),
            SignedAt = verdict?.StampedAt,
        };

    private async Task<CheckReport> Different(
        byte[] file, int signatures, IReadOnlyList<(PdfSignature Signature, SignatureVerdict Verdict)> judged, CancellationToken cancel)
    {
        var findings = new List<CheckFinding>();
        var look = await _text.Read(file, cancel);
        var (document, named) = await Original(judged.Select(each => each.Verdict), look, cancel);
        var whole = false;
        foreach (var (signature, verdict) in judged)
        {
            whole |= await Judge(file, signature, verdict, findings, cancel);
        }

        if (signatures == 0)
        {
            findings.Add(new("DOC-V03", Tone.Bad, Text.NotSigned));
        }
        else if (judged.Count < signatures)
        {
            findings.Add(new("DOC-V04", Tone.Bad, Text.SignatureBroken));
        }

        var first = judged.Select(each => each.Verdict).FirstOrDefault(verdict => verdict.Ours) ?? judged.Select(each => each.Verdict).FirstOrDefault();
        if (document is null)
        {
            return new(judged.Any(each => each.Verdict is { Ours: true, Whole: false }) ? CheckVerdict.Altered : CheckVerdict.NotOurs, findings)
            {
                SignedBy = first is null ? null : Signer(first),
                SignedAt = first?.StampedAt,
            };
        }

        if (whole && judged.Count == signatures)
        {
            return (await Standing(document, [.. findings], cancel)) with { SignedBy = Signer(first!), SignedAt = first!.StampedAt };
        }

        findings.Add(new("DOC-V05", Tone.Info, named ? Text.NamesDocument(document) : Text.CarriesSignatureOf(document)));
        var changes = await Compare(document, look, findings, cancel);
        return new(CheckVerdict.Altered, findings)
        {
            Document = document,
            Changes = changes,
            SignedBy = first is { Ours: true } ? Signer(first) : null,
            SignedAt = first is { Ours: true } ? first.StampedAt : null,
        };
    }

    /// <summary>What one signature says; true when it makes the file as good as the one that was issued.</summary>
    private async Task<bool> Judge(byte[] file, PdfSignature signature, SignatureVerdict verdict, List<CheckFinding> findings, CancellationToken cancel)
    {
        if (!verdict.Ours)
        {
            findings.Add(new("DOC-V06", Tone.Bad, Text.ForeignCertificate(Common(verdict.Signer.Subject), Common(verdict.Signer.Issuer))));
            return false;
        }

        if (!verdict.Whole)
        {
            findings.Add(new("DOC-V07", Tone.Bad, Text.ContentChanged));
            return false;
        }

        var added = file.AsSpan(signature.End).ToArray().Count(each => each is not ((byte)' ' or (byte)'\n' or (byte)'\r' or 0));
        if (added > 0)
        {
            findings.Add(new("DOC-V08", Tone.Bad, Text.AddedAfterwards(file.Length - signature.End)));
            return false;
        }

        if ((await Where("signed_digest", Convert.ToHexStringLower(verdict.Digest), 1, cancel)).Count == 0)
        {
            findings.Add(new("DOC-V09", Tone.Warning, Text.NotRegistered));
            return false;
        }

        findings.Add(new("DOC-V10", Tone.Good, Text.SignedPartSame));
        return true;
    }

    /// <summary>
    /// The document that the file is, or pretends to be: by the hash in its signature, or by key and code in its text.
    /// A number alone is not enough: it would show the true text to whoever has only heard of it.
    /// </summary>
    private async Task<(Document? Document, bool ByText)> Original(IEnumerable<SignatureVerdict> verdicts, PdfLook? look, CancellationToken cancel)
    {
        foreach (var verdict in verdicts)
        {
            if ((await Where("signed_digest", Convert.ToHexStringLower(verdict.Digest), 1, cancel)).FirstOrDefault() is { } signed)
            {
                return (signed, false);
            }
        }

        foreach (Match mark in look is null ? [] : MarkInText().Matches(string.Join('\n', look.Lines)).Take(4))
        {
            if (await _documents.Find(mark.Groups[1].Value, cancel) is { } named && DocumentDesk.CodeFits(named, mark.Groups[2].Value))
            {
                return (named, true);
            }
        }

        return (null, false);
    }

    private async Task<IReadOnlyList<ChangedLine>> Compare(Document document, PdfLook? look, List<CheckFinding> findings, CancellationToken cancel)
    {
        if (look is null || await _text.Issued(document.Digest, () => _documents.FileOf(document, cancel), cancel) is not { } original)
        {
            findings.Add(new("DOC-V11", Tone.Warning, Text.TextUnreadable));
            return [];
        }

        var changes = LineDifference.Of(original.Lines, look.Lines);
        findings.Add(changes.Count > 0
            ? new("DOC-V12", Tone.Bad, Text.LinesChanged(changes.Count))
            : new("DOC-V13", Tone.Warning, Text.TextSame));
        if ((look.Pages, look.Pictures, look.Annotations) != (original.Pages, original.Pictures, original.Annotations))
        {
            findings.Add(new("DOC-V14", Tone.Bad, Text.CountsDiffer(original, look)));
        }

        return changes;
    }

    /// <summary>Genuine, and in force or not.</summary>
    private async Task<CheckReport> Standing(Document document, List<CheckFinding> findings, CancellationToken cancel)
    {
        var today = _time.Today();
        CheckFinding? against = document switch
        {
            { State: DocumentState.Revoked } => new("DOC-V15", Tone.Bad, Text.IsRevoked(document)),
            { State: DocumentState.Replaced } => new("DOC-V16", Tone.Warning, Text.IsReplaced(document)),
            { ValidUntil: { } until } when until < today => new("DOC-V17", Tone.Warning, Text.IsExpired(until)),
            { ValidFrom: { } from } when from > today => new("DOC-V18", Tone.Warning, Text.NotYet(from)),
            _ => null,
        };
        if (against is not null)
        {
            findings.Add(against);
        }

        if (await _authority.Find(document.Seal, cancel) is { RevokedAt: { } revoked })
        {
            findings.Add(new("DOC-V19", Tone.Info, Text.SealRevokedSince(revoked)));
        }

        return new(against is null ? CheckVerdict.Genuine : CheckVerdict.NotInForce, findings) { Document = document };
    }

    private async Task<IReadOnlyList<Document>> Where(string field, string value, int most, CancellationToken cancel) =>
    [
        .. (await _reader.List(
            DocumentDesk.Resource, new RecordQuery { Where = new Filter.Compare(field, Comparison.Equal, value), Limit = most }, cancel))
            .Records.Select(Typed<Document>.Of),
    ];

    /// <summary>A check shows personal data to whoever holds the document: the holder can see that it was checked.</summary>
    private Task Remember(Caller who, CheckReport report, string how, CancellationToken cancel) => _log.Append(
        new AuditEntry("document.verify", who)
        {
            Resource = DocumentDesk.Resource.Id,
            Keys = report.Document is { } document ? [document.Key] : [],
            Subjects = report.Document?.HolderPerson is { } person ? [person] : [],
            Note = $"{report.Verdict} {how}",
        },
        cancel);

    private static string Signer(SignatureVerdict verdict) => Common(verdict.Signer.Subject);

    private static string Common(string name) =>
        name.Split(", ").FirstOrDefault(part => part.StartsWith("CN=", StringComparison.Ordinal))?[3..] ?? name;

    /// <summary>Brackets of numbers are written in several ways; ours are these.</summary>
    private static string Folded(string number) => number.Replace('[', '〔').Replace(']', '〕').Replace('［', '〔').Replace('］', '〕').Replace('【', '〔').Replace('】', '〕');

    [GeneratedRegex(@"([0-9a-z]{26,32})-([0-9A-Z]{8})", RegexOptions.CultureInvariant)]
    private static partial Regex MarkInText();
}
