namespace Shali.Platform.Documents;

/// <summary>
/// What a document says, apart from how it looks. Everything that people read stands here, so that the stored
/// content alone can be compared with what somebody shows.
/// </summary>
public sealed record DocumentContent
{
    public required DocumentForm Form { get; init; }

    /// <summary>The office as it stands in the head, in the signature and on the seal: 漯河市市场监督管理局.</summary>
    public required string Office { get; init; }

    /// <summary>准予行政许可决定书, 食品经营许可证.</summary>
    public required string Title { get; init; }

    /// <summary>Number of the document: 漯市监许准〔2026〕18号.</summary>
    public required string Number { get; init; }

    /// <summary>To whom a decision is addressed; null for licences.</summary>
    public string? Addressee { get; init; }

    public IReadOnlyList<ContentField> Fields { get; init; } = [];

    /// <summary>Body, each paragraph indented by two characters.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>After the fields: remedies (行政许可法 art. 38), conditions, where the duplicate is kept.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required DateOnly Date { get; init; }

    /// <summary>What stands under the star of the seal: 行政审批专用章; null for the seal of the office itself.</summary>
    public string? SealUse { get; init; }
}

/// <summary>One line of a licence or of a decision's table.</summary>
public sealed record ContentField(string Label, string Value);

/// <summary>Two layouts are enough: what is addressed to somebody, and what is put on a wall.</summary>
public enum DocumentForm
{
    /// <summary>Head of the office, number, title, addressee, text (GB/T 9704-2012 as far as it fits a decision).</summary>
    Decision,

    /// <summary>Framed, with the title large and the facts as lines.</summary>
    Licence,
}

/// <summary>By what a printed document is found again.</summary>
/// <param name="Key">Key of the issued document.</param>
/// <param name="Code">The check code, known only to who has the document.</param>
/// <param name="Address">Where the code of squares leads.</param>
public sealed record CheckMark(string Key, string Code, Uri Address);
