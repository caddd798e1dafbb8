namespace Shali.Platform.Casework;

/// <summary>What a case begins with.</summary>
/// <param name="Type">Code of the case type; its newest version serves.</param>
public sealed record OpenRequest(string Type, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>The version of the type, for what another case opens; null: the newest.</summary>
    public int? Version { get; init; }

    /// <summary>What it is about in one line; null: the name of the type.</summary>
    public string? Title { get; init; }

    /// <summary>The office that is to handle it; null: the owner of the type.</summary>
    public string? Office { get; init; }

    public string Source { get; init; } = CaseSource.Online;

    public string? Person { get; init; }

    public string? PersonName { get; init; }

    public string? Entity { get; init; }

    public string? EntityName { get; init; }

    /// <summary>Who applies in his stead, and by which of <see cref="Casework.AgentRelation"/>; null: he does himself.</summary>
    public string? Agent { get; init; }

    public string? AgentRelation { get; init; }

    /// <summary>The parent who applies on line for his child, by his population key; null: nobody does so.</summary>
    public string? AgentPerson { get; init; }

    /// <summary>Until when he acts for the child. The desk works it out for whoever signs in; nobody can bring it.</summary>
    public DateOnly? AgentUntil { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<GivenMaterial> Materials { get; init; } = [];

    /// <summary>The case that opens it, and its code there.</summary>
    public string? Parent { get; init; }

    public string? ParentRole { get; init; }

    /// <summary>The draft that it comes from: gone with the opening.</summary>
    public string? Draft { get; init; }
}

/// <summary>A paper that comes with a case.</summary>
/// <param name="Code">Of the type's material; null for a further attachment.</param>
/// <param name="How">One of <see cref="MaterialSource"/>.</param>
public sealed record GivenMaterial(string? Code, string Name, string How)
{
    public string? File { get; init; }

    public string? FileName { get; init; }

    /// <summary>Where data or a licence came from.</summary>
    public string? Source { get; init; }

    /// <summary>For a promised one: the day by which it is handed in.</summary>
    public DateOnly? PromisedFor { get; init; }
}

/// <summary>A case that was opened.</summary>
public sealed record OpenedCase(string Number, string TrackingCode);
