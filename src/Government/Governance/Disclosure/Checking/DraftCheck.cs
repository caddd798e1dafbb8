using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>Checks all of a draft: what it says of itself, its text, its files and their names.</summary>
public sealed class DraftCheck(FileReading reading, RecordFiles files, TimeProvider time)
{
    private const int KeptMost = 200;

    // A file is named by its content: what was read of it stays true.
    private readonly ConcurrentDictionary<string, FileText> _read = new(StringComparer.Ordinal);

    public async Task<CheckReport> Of(Draft draft, IReadOnlyList<DraftFile> attached, CancellationToken cancel = default)
    {
        var today = time.Today();
        var findings = new List<Finding>();
        findings.AddRange(TextCheck.Of(Text.Title, draft.Title, today));
        findings.AddRange(TextCheck.Of(Text.Summary, draft.Summary, today));
        findings.AddRange(TextCheck.Of(Text.Keywords, draft.Keywords ?? "", today));
        findings.AddRange(TextCheck.Of(Text.Body, draft.Body, today));
        var unread = new List<Unread>();
        foreach (var file in attached)
        {
            findings.AddRange(TextCheck.Of(Text.FileName(file.Name), file.Name, today));
            var text = await TextOf(file, cancel);
            findings.AddRange(text.Parts.SelectMany(part => TextCheck.Of($"{file.Name}，{part.Part}", part.Text, today)));
            unread.AddRange(text.Unread.Select(why => new Unread(file.Name, why)));
        }

        return new(findings, unread);
    }

    /// <summary>
    /// What a review speaks of: everything of the draft that the public will see, and its files. One other letter gives
    /// another digest, and the review no longer speaks of it.
    /// </summary>
    public static string Digest(Draft draft, IEnumerable<DraftFile> attached)
    {
        var words = new StringBuilder();
        foreach (var part in (string?[])[draft.Title, draft.DocumentNumber, draft.Summary, draft.Class, draft.Genre, draft.Office,
            draft.MadeOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture), draft.Attribute, draft.Basis, draft.Keywords, draft.Body,
            .. attached.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => new[] { file.Name, file.File })])
        {
            words.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
    }

    private async Task<FileText> TextOf(DraftFile file, CancellationToken cancel)
    {
        var known = file.File + Path.GetExtension(file.Name).ToLowerInvariant();
        if (_read.TryGetValue(known, out var text))
        {
            return text;
        }

        text = await files.Find(file.File, cancel) is { } stored
            ? await reading.Read(file.Name, stored.Bytes, cancel) : new([], [Text.UnreadBroken]);
        if (_read.Count >= KeptMost)
        {
            _read.Clear();
        }

        return _read[known] = text;
    }
}
