using System.Text.Json.Serialization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// An information resource, defined once. Its table, checks, journal, pages, interface, catalogue entry and feed
/// all follow from this record; nothing about a resource is written anywhere else.
/// </summary>
public sealed record ResourceDefinition
{
    /// <summary>System and noun in prose: <c>population/person</c>. Addresses write it with a dot.</summary>
    public required string Id { get; init; }

    /// <summary>The Chinese name: 人口基本信息.</summary>
    public required string Name { get; init; }

    public string Note { get; init; } = "";

    /// <summary>The clause of the programme that it serves: D1, S11.</summary>
    public required string Clause { get; init; }

    /// <summary>The office that answers for it (提供方), as an office code.</summary>
    public required string Owner { get; init; }

    public required IReadOnlyList<FieldDefinition> Fields { get; init; }

    /// <summary>The field that names a record; null when the platform makes the key.</summary>
    public string? Key { get; init; }

    /// <summary>Fields by which a loaded row finds the record that it means; empty: the key.</summary>
    public IReadOnlyList<string> Match { get; init; } = [];

    /// <summary>The field that stands for the record in lists and links; null: the first text field.</summary>
    public string? Title { get; init; }

    /// <summary>Records tell from when to when they hold in the world, beside when they were known.</summary>
    public bool ValidTime { get; init; }

    /// <summary>Several offices feed a record: each value keeps its source.</summary>
    public bool Provenance { get; init; }

    /// <summary>The field that says which natural person (population key) the record is about; <c>""</c>: the record
    /// is the person. Null: not personal data. Reads of it are recorded for that person.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// For personal data that an office defines: what its assessment of the impact on those persons found (个人信息保护法 art. 55, 56), which
    /// stands before the publication (政务数据共享条例 art. 13). Null: none, or not personal.
    /// </summary>
    public string? Impact { get; init; }

    /// <summary>The field with an office code or a region code by which "own office" and "own area" are judged.</summary>
    public string? ScopeField { get; init; }

    /// <summary>
    /// Rights of which a reader must hold one beside the right to read, because the resource is the work of those who hold them;
    /// and then he sees what <see cref="ScopeField"/> says is his own office's, however far his post sees otherwise. Null: no more
    /// than the right to read.
    /// </summary>
    public IReadOnlyList<string>? KeptTo { get; init; }

    public Sharing Sharing { get; init; } = Sharing.NotShared(new Basis("政务数据共享条例", "第十五条"));

    /// <summary>Which base or theme of the catalogue it belongs to: population, legal-entities, geography, economy, theme, department.</summary>
    public string Base { get; init; } = "department";

    public string Theme { get; init; } = "";

    public UpdateRhythm Rhythm { get; init; } = UpdateRhythm.AsNeeded;

    /// <summary>How long a record is kept after it ends; null: for ever.</summary>
    public int? RetentionYears { get; init; }

    /// <summary>Anyone may read it, masked, without signing in (公开).</summary>
    public bool Open { get; init; }

    /// <summary>How long each record of an open resource is open; all of them must hold. Null: without end.</summary>
    public IReadOnlyList<OpenLimit>? OpenLimits { get; init; }

    /// <summary>Starts at 1; each published change of the definition adds one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Defined in code, or by an office at run time.</summary>
    public bool RunTime { get; init; }

    /// <summary>Clerks may create and edit records directly; false when only a system's own acts may write.</summary>
    public bool Editable { get; init; } = true;

    /// <summary>
    /// No table stands behind it but another system's service, reached through the gateway; its fields are the operations. Such a
    /// definition is never in the registry: catalogue and grants alone know it.
    /// </summary>
    [JsonIgnore]
    public bool Service { get; init; }

    [JsonIgnore]
    public string Schema => Id[..Id.IndexOf('/', StringComparison.Ordinal)].Replace('-', '_');

    [JsonIgnore]
    public string Table => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('-', '_');

    /// <summary>As it stands in addresses and permission codes: <c>population.person</c>.</summary>
    [JsonIgnore]
    public string Address => Id.Replace('/', '.');

    [JsonIgnore]
    public string KeyColumn => Key ?? "_key";

    public FieldDefinition? Field(string name) =>
        Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.Ordinal));
}

/// <summary>政务数据共享条例 art. 15: shared without conditions, with conditions, or not, with the law that forbids it.</summary>
public sealed record Sharing(SharingClass Class, string Conditions = "", Basis? Basis = null)
{
    public static Sharing Unconditional => new(SharingClass.Unconditional, "", null);

    public static Sharing Conditional(string conditions) => new(SharingClass.Conditional, conditions, null);

    public static Sharing NotShared(Basis basis) => new(SharingClass.NotShared, "", basis);
}

public enum SharingClass
{
    Unconditional,
    Conditional,
    NotShared,
}

/// <summary>How often the owner promises to bring the resource up to date (更新周期).</summary>
public enum UpdateRhythm
{
    RealTime,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
    AsNeeded,
}
