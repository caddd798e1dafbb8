namespace Shali.Platform.Kernel.Identifiers;

/// <summary>Every kind of identifier that the platform knows.</summary>
public static class IdentifierKinds
{
    public static readonly IReadOnlyList<Identifier> All =
    [
        CitizenNumber.Kind, CreditCode.Kind, OrganisationCode.Kind, RegistrationNumber.Kind, ForeignResidentId.Kind,
        HongKongMacauTaiwan.HongKongMacauPermit, HongKongMacauTaiwan.TaiwanPermit, Passport.Kind, RegionCode.Kind,
        Plate.Kind, Phone.Kind, BankCard.Kind, PostalCode.Kind, DrugTraceCode.Kind, DrugCode.Kind, Gtin.Kind, Oid.Kind,
        Email.Kind, LicenceIdentifier.Kind,
    ];

    public static Identifier? Find(string name) =>
        All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}
