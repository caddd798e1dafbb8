using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>What is needed to write records of a definition as GeoJSON, worked out once.</summary>
internal sealed class FeatureShape
{
    private static readonly ConditionalWeakTable<ResourceDefinition, FeatureShape> Shapes = [];

    private FeatureShape(ResourceDefinition definition)
    {
        Definition = definition;
        Fields = [.. definition.Fields];
        Names = [.. Fields.Select(field => JsonEncodedText.Encode(field.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        Place = Array.FindIndex(Fields, field => field.Type.ClrType == typeof(Geometry));
        Path = $"/api/collections/{definition.Address}";
    }

    public ResourceDefinition Definition { get; }

    public FieldDefinition[] Fields { get; }

    public JsonEncodedText[] Names { get; }

    /// <summary>Position of the field that is the feature's geometry; -1: not spatial.</summary>
    public int Place { get; }

    /// <summary>Address of the collection without scheme and host.</summary>
    public string Path { get; }

    public bool Spatial => Place >= 0;

    public FieldDefinition? PlaceField => Spatial ? Fields[Place] : null;

    public static FeatureShape Of(ResourceDefinition definition) => Shapes.GetValue(definition, static d => new FeatureShape(d));
}
