namespace Shali.Platform.Registry.Pages;

/// <summary>The form for a new or a changed record.</summary>
/// <param name="Once">Makes a second sending of the same form write nothing.</param>
public sealed record RecordFormModel(ResourceDefinition Resource, IReadOnlyList<FormField> Inputs, string Once)
{
    /// <summary>Null for a new record.</summary>
    public string? Key { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The version that the form was made from.</summary>
    public int Version { get; init; }

    public string Reason { get; init; } = "";

    public string Case { get; init; } = "";

    public string ValidFrom { get; init; } = "";

    public string ValidTo { get; init; } = "";
}

/// <summary>The page that asks before a record is deleted.</summary>
public sealed record RecordDeleteModel(
    ResourceDefinition Resource, ShownRecord Record, string Title, string Once, string Reason, string Case);

/// <summary>The page on which somebody settles a conflict.</summary>
public sealed record RecordConflictModel(
    ResourceDefinition Resource, ShownRecord Theirs, IReadOnlyList<Contested> Rows, Posted Form, string Once);

/// <summary>One field that differs between the version that was edited, mine and theirs.</summary>
/// <param name="Mine">Null: I left it as it was.</param>
/// <param name="Chosen"><c>mine</c>, <c>theirs</c> or nothing yet.</param>
public sealed record Contested(FieldDefinition Field, string Base, string? Mine, string Theirs, bool TheirsDiffers, string Chosen);
