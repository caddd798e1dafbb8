namespace Shali.Platform.Registry.Load;

/// <summary>What is proposed for one column, for the office to correct.</summary>
/// <param name="Column">The heading in the file.</param>
/// <param name="Field">The field that it would become.</param>
/// <param name="Reasons">Why, in sentences.</param>
/// <param name="Samples">Some of its values, as they stand in the file.</param>
/// <param name="Codes">A code list that would have to be made with it; null when none or when it exists.</param>
public sealed record ProposedField(
    string Column, FieldDefinition Field, IReadOnlyList<string> Reasons, IReadOnlyList<string> Samples, CodeList? Codes);
