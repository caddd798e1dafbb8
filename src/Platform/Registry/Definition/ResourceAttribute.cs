namespace Shali.Platform.Registry;

/// <summary>
/// Makes a C# record the definition of an information resource. Field names in it are names of properties, written
/// with <c>nameof</c>, so that the compiler checks them.
/// </summary>
/// <param name="id">System and noun: <c>population/person</c>.</param>
/// <param name="name">The Chinese name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ResourceAttribute(string id, string name) : Attribute
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string Note { get; set; } = "";

    /// <inheritdoc cref="ResourceDefinition.Clause"/>
    public required string Clause { get; set; }

    /// <inheritdoc cref="ResourceDefinition.Owner"/>
    public required string Owner { get; set; }

    /// <summary>The property that names a record; null when the platform makes the key.</summary>
    public string? Key { get; set; }

    /// <summary>Properties by which a loaded row finds its record.</summary>
    public new string[] Match { get; set; } = [];

    /// <summary>The property that stands for the record in lists and links.</summary>
    public string? Title { get; set; }

    public bool ValidTime { get; set; }

    public bool Provenance { get; set; }

    /// <summary>The property with the population key of the person it is about; "" when the record is the person.</summary>
    public string? Subject { get; set; }

    /// <summary>The property with the office or region code by which data scope is judged.</summary>
    public string? ScopeField { get; set; }

    /// <inheritdoc cref="ResourceDefinition.KeptTo"/>
    public string[] KeptTo { get; set; } = [];

    /// <summary>政务数据共享条例 art. 15. Conditional needs <see cref="Conditions"/>, not shared needs its law.</summary>
    public SharingClass Sharing { get; set; } = SharingClass.NotShared;

    public string Conditions { get; set; } = "";

    /// <summary>The act by which the resource is not shared; with <see cref="BasisArticle"/>.</summary>
    public string BasisAct { get; set; } = "政务数据共享条例";

    public string BasisArticle { get; set; } = "第十五条";

    public string Base { get; set; } = "department";

    public string Theme { get; set; } = "";

    public UpdateRhythm Rhythm { get; set; } = UpdateRhythm.AsNeeded;

    /// <summary>Years that a record is kept after it ends; 0: for ever.</summary>
    public int RetentionYears { get; set; }

    public bool Open { get; set; }

    public bool Editable { get; set; } = true;
}

/// <summary>How long a record of an open resource is open.</summary>
/// <param name="until">The property with the day.</param>
/// <param name="act">The act that ends the disclosure.</param>
/// <inheritdoc cref="OpenLimit"/>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OpenUntilAttribute(string until, string act, string article = "") : Attribute
{
    public string Until { get; } = until;

    public string Act { get; } = act;

    public string Article { get; } = article;

    /// <inheritdoc cref="OpenLimit.Years"/>
    public int Years { get; set; }

    /// <inheritdoc cref="OpenLimit.Through"/>
    public bool Through { get; set; } = true;

    /// <summary>The day from which it is in force, as <c>2023-05-01</c>.</summary>
    public string? Since { get; set; }

    /// <summary>The property that says which records it limits; with <see cref="WhenValue"/>.</summary>
    public string? When { get; set; }

    public string? WhenValue { get; set; }
}

/// <summary>The property that takes the record's key where the platform makes the key. It is not a field.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class RecordKeyAttribute : Attribute;
