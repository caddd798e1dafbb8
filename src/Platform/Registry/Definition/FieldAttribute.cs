namespace Shali.Platform.Registry;

/// <summary>
/// Makes a property a field of its resource. Required follows from the property: <c>string</c> must have a value,
/// <c>string?</c> may have none. On a positional record it may stand at the parameter.
/// </summary>
/// <param name="label">The Chinese name that people see.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FieldAttribute(string label) : Attribute
{
    public string Label { get; } = label;

    /// <summary>
    /// Name of the field type, one of <see cref="FieldKind"/>. Without it the property decides: a code list makes a
    /// code, a target a link, else the CLR type.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>The name in tables and addresses, where it is not the property's in lower case.</summary>
    public string? Name { get; set; }

    public bool Unique { get; set; }

    public bool Indexed { get; set; }

    public string? Note { get; set; }

    /// <summary>Data element (数据元).</summary>
    public string? Element { get; set; }

    public string? Standard { get; set; }

    public string? CodeList { get; set; }

    /// <summary>Resource id that a link points to.</summary>
    public string? Target { get; set; }

    public int Scale { get; set; } = 2;

    public int Srid { get; set; } = 4490;

    /// <summary>Most characters; 0: no limit of its own.</summary>
    public int LengthMax { get; set; }

    public string? Pattern { get; set; }

    public string? Min { get; set; }

    public string? Max { get; set; }

    /// <summary>A check character that does not fit is a finding, not a refusal.</summary>
    public bool Lenient { get; set; }

    /// <summary>Without a word: sensitive where the value is masked, else internal.</summary>
    public Grade Grade { get => SaidGrade ?? Grade.Internal; set => SaidGrade = value; }

    /// <summary>Without a word: what the field type suggests.</summary>
    public MaskShape Mask { get => SaidMask ?? MaskShape.None; set => SaidMask = value; }

    public string? Authority { get; set; }

    /// <inheritdoc cref="FieldDefinition.Closed"/>
    public bool Closed { get; set; }

    internal Grade? SaidGrade { get; private set; }

    internal MaskShape? SaidMask { get; private set; }
}

/// <summary>Names of the field types, for attributes. They are permanent: definitions in the database carry them.</summary>
public static class FieldKind
{
    public const string Text = "text";
    public const string LongText = "long-text";
    public const string Code = "code";
    public const string Integer = "integer";
    public const string Decimal = "decimal";
    public const string Money = "money";
    public const string Date = "date";
    public const string DateTime = "datetime";
    public const string Time = "time";
    public const string YesNo = "yes-no";
    public const string File = "file";
    public const string Link = "link";
    public const string Geometry = "geometry";
    public const string CitizenNumber = "citizen-number";
    public const string CreditCode = "credit-code";
    public const string OrganisationCode = "organisation-code";
    public const string RegistrationNumber = "registration-number";
    public const string Region = "region";
    public const string Plate = "plate";
    public const string Phone = "phone";
    public const string BankCard = "bank-card";
    public const string PostalCode = "postal-code";
    public const string DrugTrace = "drug-trace";
    public const string ForeignId = "foreign-id";
    public const string Oid = "oid";
    public const string Email = "email";
    public const string HongKongMacauPermit = "hong-kong-macau-permit";
    public const string TaiwanPermit = "taiwan-permit";
    public const string Passport = "passport";
    public const string DrugCode = "drug-code";
    public const string Gtin = "gtin";
    public const string LicenceIdentifier = "licence-identifier";
}
