using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// The code of an administrative division. It must be in the table of regions, now or at some time; below a county
/// whose streets the city does not keep, the county alone is judged.
/// </summary>
public sealed class RegionType() : IdentifierType(RegionCode.Kind)
{
    public override string Show(FieldDefinition field, object? value) =>
        value is string code ? Regions.Regions.Name(code) ?? code : "";

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        var refusals = base.Understand(field, text, out value);
        return refusals.Any || Regions.Regions.Standing((string)value!) != Regions.RegionStanding.Unknown
            ? refusals
            : FieldCheck.Refuse(field, FieldCheck.UnknownRegion, Text.UnknownRegion(field.Label, (string)value!));
    }
}
