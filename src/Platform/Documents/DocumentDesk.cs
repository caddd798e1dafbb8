using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Documents.Signing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Documents;

/// <summary>
/// Issues documents under the seals of offices, and ends them. A seal is used for a case or not at all, and its use is
/// on record before the signature exists.
/// </summary>
public sealed class DocumentDesk
{
    /// <summary>Crockford's alphabet: nothing that is taken for something else when it is read aloud.</summary>
    private const string CodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int CodeLength = 8;

    private static readonly Basis SignatureLaw = new("中华人民共和国电子签名法", "第十三条");

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly RecordStore _store;
    private readonly RecordReader _reader;
    private readonly RecordFiles _files;
    private readonly CertificateAuthority _authority;
    private readonly AuditLog _log;
    private readonly TimeProvider _time;
    private readonly DocumentRenderer _renderer;
    private readonly AuthoritySites _sites;

    internal DocumentDesk(
        RecordStore store, RecordReader reader, RecordFiles files, CertificateAuthority authority, AuditLog log, DocumentSettings settings,
        DocumentRenderer renderer, TimeProvider time)
    {
        (_store, _reader, _files, _authority, _log, _time, _renderer) = (store, reader, files, authority, log, time, renderer);
        _sites = new(settings.PublicAddress);
    }

    internal static ResourceDefinition Resource => Definition.Of<Document>();

    /// <summary>Renders, seals, keeps and registers a document.</summary>
    public async Task<Outcome<IssuedDocument>> Issue(Caller who, DocumentIssue issue, CancellationToken cancel = default)
    {
        var refusals = Check(issue);
        Document? replaced = null;
        if (issue.Replaces is { } old && ((replaced = await Find(old, cancel)) is null || replaced.State != DocumentState.Valid))
        {
            refusals = refusals.And(Refusals.Of(new Refusal("DOC-S05", "replaces", Text.NothingToReplace)));
        }

        if (refusals.Any)
        {
            return refusals;
        }

        var seal = await _authority.SealOf(issue.Office, cancel);
        if (!seal.Ok)
        {
            return seal.Refusals;
        }

        if (issue.IdempotencyKey is { } once && await Earlier(who, once, cancel) is { } earlier)
        {
            return earlier;
        }

        var mark = Mark(who, issue.IdempotencyKey);
        var stamping = await _authority.TimeStamping(cancel);

        // Read when both certificates are there: a stamp from before its own certificate's first second vouches for nothing.
        var now = _time.GetUtcNow();
        var prepared = _renderer.Render(issue.Content, mark, now);
        await _log.Append(
            new AuditEntry("seal.use", who)
            {
                Resource = Resource.Id,
                Keys = [mark.Key],
                Subjects = issue.HolderPerson is { } person ? [person] : [],
                Case = issue.Case,
                Purpose = issue.Content.Title,
                Note = Text.SealUseNote(issue.Office, seal.Value.Serial, Convert.ToHexStringLower(SHA256.HashData(prepared.Bytes))),
            },
            cancel);
        var (bytes, signedDigest) = DocumentSignature.Sign(prepared, seal.Value, stamping, now);
        using var content = new MemoryStream(bytes);
        var file = await _files.Save("file", mark.Key + ".pdf", content, bytes.Length, who, cancel);
        if (!file.Ok)
        {
            return file.Refusals;
        }

        var document = new Document
        {
            Number = issue.Content.Number,
            Title = issue.Content.Title,
            Kind = issue.Kind,
            Office = issue.Office,
            OfficeName = issue.Content.Office,
            Holder = issue.Holder,
            HolderPerson = issue.HolderPerson,
            HolderEntity = issue.HolderEntity,
            Case = issue.Case,
            Identifier = issue.Identifier,
            Issued = now,
            ValidFrom = issue.ValidFrom,
            ValidUntil = issue.ValidUntil,
            State = DocumentState.Valid,
            Content = JsonSerializer.Serialize(issue.Content, Json),
            File = file.Value,
            Digest = file.Value,
            SignedDigest = Convert.ToHexStringLower(signedDigest),
            CheckCode = mark.Code,
            Seal = seal.Value.Serial,
        };
        List<Change> changes = [new Change.Insert(Resource, mark.Key, Typed<Document>.Values(document))];
        if (replaced is not null)
        {
            changes.Add(new Change.Update(Resource, replaced.Key, null, Typed<Document>.Differences(
                replaced,
                replaced with { State = DocumentState.Replaced, EndedAt = now, EndReason = Text.ReplacedBy(issue.Content.Number), ReplacedBy = mark.Key })));
        }

        var written = await _store.Write(
            new Act(who, "documents.issue", issue.Content.Title, issue.Case) { IdempotencyKey = issue.IdempotencyKey is { } key ? "document:" + key : null },
            changes,
            cancel);
        if (!written.Ok)
        {
            return written.Refusals;
        }

        // Two requests with one key at the same moment: the registry kept the first, and that is what was issued.
        var kept = (await Find(mark.Key, cancel))!;
        return kept.Digest == file.Value
            ? new IssuedDocument(mark.Key, mark.Code, mark.Address, bytes, file.Value, prepared.Missing)
            : await Given(kept, prepared.Missing, cancel);
    }

    /// <summary>Takes a document back: from now on every check says that it is revoked, since when and why.</summary>
    public async Task<Outcome<Written>> Revoke(Caller who, string key, string reason, string caseNumber, CancellationToken cancel = default)
    {
        var found = await Find(key, cancel);
        var refusals = Refusals.Of(
            string.IsNullOrWhiteSpace(caseNumber) ? new Refusal("DOC-S01", "case", Text.CaseMissing, SignatureLaw) : null,
            string.IsNullOrWhiteSpace(reason) ? new Refusal("DOC-S06", "reason", Text.RevocationReasonMissing, new Basis("中华人民共和国行政许可法", "第六十九条")) : null,
            found is null ? new Refusal("DOC-S07", "", Text.NoSuchDocument) : null,
            found is { State: not DocumentState.Valid } ? new Refusal("DOC-S08", "", Text.EndedAlready) : null);
        return refusals.Any
            ? refusals
            : await _store.Write(
                new Act(who, "documents.revoke", reason.Trim(), caseNumber),
                [
                    new Change.Update(Resource, key, null, Typed<Document>.Differences(
                        found!, found! with { State = DocumentState.Revoked, EndedAt = _time.GetUtcNow(), EndReason = reason.Trim() })),
                ],
                cancel);
    }

    /// <summary>The record as it is stored. What goes to a caller goes through the governed reader or the check page.</summary>
    public async Task<Document?> Find(string key, CancellationToken cancel = default) =>
        await _reader.Get(Resource, key, cancel: cancel) is { } record ? Typed<Document>.Of(record) : null;

    /// <summary>The file as it was issued.</summary>
    public async Task<byte[]> FileOf(Document document, CancellationToken cancel = default) =>
        (await _files.Find(document.File, cancel))?.Bytes
        ?? throw new InvalidOperationException($"The file of document {document.Key} is missing.");

    /// <summary>Is this the code of that document? Codes are compared without their pauses and case.</summary>
    public static bool CodeFits(Document document, string code) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(document.CheckCode), Encoding.ASCII.GetBytes(Bare(code)));

    /// <summary>As it was typed, without pauses; letters that are taken for digits become these.</summary>
    internal static string Bare(string code) => string.Concat(code.Normalize(NormalizationForm.FormKC).ToUpperInvariant()
        .Where(char.IsAsciiLetterOrDigit).Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter }));

    private static Refusals Check(DocumentIssue issue)
    {
        var content = issue.Content;
        return Refusals.Of(
            string.IsNullOrWhiteSpace(issue.Case) ? new Refusal("DOC-S01", "case", Text.CaseMissing, SignatureLaw) : null,
            string.IsNullOrWhiteSpace(content.Number) ? new Refusal("DOC-S09", "number", Text.NumberMissing) : null,
            string.IsNullOrWhiteSpace(content.Title) ? new Refusal("DOC-S09", "title", Text.TitleMissing) : null,
            string.IsNullOrWhiteSpace(content.Office) ? new Refusal("DOC-S09", "office", Text.OfficeMissing) : null,
            issue.ValidFrom > issue.ValidUntil ? new Refusal("DOC-S10", "valid_until", Text.EndsBeforeBegin) : null,
            content.Paragraphs.Concat(content.Notes).Sum(text => text.Length) + content.Fields.Sum(field => field.Label.Length + field.Value.Length) > LengthMax
                ? new Refusal("DOC-S11", "content", Text.TooMuch(LengthMax)) : null);
    }

    /// <summary>Some hundred pages.</summary>
    private const int LengthMax = 60_000;

    /// <summary>The same request has the same key, so that it is issued once; the code is always a new one.</summary>
    private CheckMark Mark(Caller who, string? once)
    {
        var key = once is null ? Ulid.Next(_time) : KeyOf(who, once);
        var code = RandomNumberGenerator.GetString(CodeAlphabet, CodeLength);
        return new(key, code, _sites.Check(key, code));
    }

    /// <summary>The key that a document of this request has, whether it was issued already or not.</summary>
    public static string KeyOf(Caller who, string once) =>
        "d" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{who.Id} {once}")))[..31];

    private async Task<IssuedDocument?> Earlier(Caller who, string once, CancellationToken cancel) =>
        await Find(KeyOf(who, once), cancel) is { } document ? await Given(document, [], cancel) : null;

    private async Task<IssuedDocument> Given(Document document, IReadOnlyList<string> missing, CancellationToken cancel) => new(
        document.Key, document.CheckCode, _sites.Check(document.Key, document.CheckCode), await FileOf(document, cancel), document.Digest, missing);
}
