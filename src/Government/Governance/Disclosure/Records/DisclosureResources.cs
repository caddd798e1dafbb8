using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>What disclosure records.</summary>
public static class DisclosureResources
{
    public const string Schema = "disclosure";

    public static ResourceDefinition Draft => Definition.Of<Draft>();

    public static ResourceDefinition DraftFile => Definition.Of<DraftFile>();

    public static ResourceDefinition Review => Definition.Of<Review>();

    public static ResourceDefinition Document => Definition.Of<Document>();

    public static ResourceDefinition DocumentFile => Definition.Of<DocumentFile>();

    public static ResourceDefinition Consultation => Definition.Of<Consultation>();

    public static ResourceDefinition ConsultationAnswer => Definition.Of<ConsultationAnswer>();

    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [Draft, DraftFile, Review, Document, DocumentFile, Consultation, ConsultationAnswer];
}
