using System.Text.Json.Serialization;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry;

/// <summary>One field of a resource: what it is called, what may stand in it, and who may see how much of it.</summary>
public sealed record FieldDefinition
{
    /// <summary>Permanent name in tables, addresses and files: lower case, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The Chinese name that people see.</summary>
    public required string Label { get; init; }

    public required FieldType Type { get; init; }

    public bool Required { get; init; }

    /// <summary>No two current records may hold the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>Searched and sorted often: the table keeps an index.</summary>
    public bool Indexed { get; init; }

    /// <summary>What it means, for the person who fills it in.</summary>
    public string? Note { get; init; }

    /// <summary>Identifier of the data element (数据元), such as <c>DE00001</c>.</summary>
    public string? Element { get; init; }

    /// <summary>The standard that defines it, such as <c>GB 11643-1999</c>.</summary>
    public string? Standard { get; init; }

    /// <summary>For code fields: the code list that gives each code its name.</summary>
    public string? CodeList { get; init; }

    /// <summary>For links: the resource whose key stands here, as <c>population/person</c>.</summary>
    public string? Target { get; init; }

    /// <summary>For decimals: digits after the point.</summary>
    public int Scale { get; init; } = 2;

    /// <summary>For geometry: 4490 (CGCS2000) or 4326 (WGS 84).</summary>
    public int Srid { get; init; } = 4490;

    public int? LengthMax { get; init; }

    /// <summary>The whole value must match this regular expression.</summary>
    public string? Pattern { get; init; }

    /// <summary>Smallest and largest allowed value, as text of the field's own type.</summary>
    public string? Min { get; init; }

    public string? Max { get; init; }

    /// <summary>A check character that does not fit is a finding, not a reason to refuse: for fields that must hold
    /// what old records say.</summary>
    public bool Lenient { get; init; }

    public Grade Grade { get; init; } = Grade.Internal;

    /// <summary>How the value is shown to those who may not see it whole.</summary>
    public MaskShape Mask { get; init; } = MaskShape.None;

    /// <summary>Not open with its resource: the public sees only that there is a value (不公开).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Closed { get; init; }

    /// <summary>The office whose word counts when several offices feed the record (数源部门), as an office code.</summary>
    public string? Authority { get; init; }
}

/// <summary>How much harm the value could do in wrong hands; GB/T 43697 grades general data 1 to 4.</summary>
public enum Grade
{
    Public = 1,
    Internal = 2,
    Sensitive = 3,
    HighlySensitive = 4,
}

/// <summary>Which part of a value stays readable when it is masked.</summary>
public enum MaskShape
{
    None,
    /// <summary>张*</summary>
    Name,
    /// <summary>411102********1231: the first six and the last four.</summary>
    Identifier,
    /// <summary>138****0000</summary>
    Phone,
    /// <summary>6222 **** **** 2347</summary>
    Card,
    /// <summary>Down to the street: 漯河市源汇区老街街道***</summary>
    Address,
    /// <summary>Only that there is a value.</summary>
    Whole,
}
