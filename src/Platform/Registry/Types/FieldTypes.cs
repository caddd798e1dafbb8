using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>The kinds of values that a definition can name.</summary>
public static class FieldTypes
{
    public static readonly TextType Text = new("text", "文本", 1_000, severalLines: false);
    public static readonly TextType LongText = new("long-text", "多行文本", 100_000, severalLines: true);
    public static readonly CodeType Code = new();
    public static readonly IntegerType Integer = new();
    public static readonly DecimalType Decimal = new();
    public static readonly MoneyType Money = new();
    public static readonly DateType Date = new();
    public static readonly DateTimeType DateTime = new();
    public static readonly TimeOfDayType Time = new();
    public static readonly YesNoType YesNo = new();
    public static readonly ReferenceType File = new("file", "文件");
    public static readonly ReferenceType Link = new("link", "关联");
    public static readonly GeometryType Geometry = new();
    public static readonly RegionType Region = new();

    public static readonly IdentifierType CitizenNumber = new(Kernel.Identifiers.CitizenNumber.Kind, MaskShape.Identifier);
    public static readonly IdentifierType CreditCode = new(Kernel.Identifiers.CreditCode.Kind);
    public static readonly IdentifierType OrganisationCode = new(Kernel.Identifiers.OrganisationCode.Kind);
    public static readonly IdentifierType RegistrationNumber = new(Kernel.Identifiers.RegistrationNumber.Kind);
    public static readonly IdentifierType ForeignId = new(ForeignResidentId.Kind, MaskShape.Identifier);
    public static readonly IdentifierType HongKongMacauPermit = new(HongKongMacauTaiwan.HongKongMacauPermit, MaskShape.Identifier);
    public static readonly IdentifierType TaiwanPermit = new(HongKongMacauTaiwan.TaiwanPermit, MaskShape.Identifier);
    public static readonly IdentifierType Passport = new(Kernel.Identifiers.Passport.Kind, MaskShape.Identifier);
    public static readonly IdentifierType Plate = new(Kernel.Identifiers.Plate.Kind);
    public static readonly IdentifierType Phone = new(Kernel.Identifiers.Phone.Kind, MaskShape.Phone);
    public static readonly IdentifierType BankCard = new(Kernel.Identifiers.BankCard.Kind, MaskShape.Card);
    public static readonly IdentifierType PostalCode = new(Kernel.Identifiers.PostalCode.Kind);
    public static readonly IdentifierType DrugTraceCode = new(Kernel.Identifiers.DrugTraceCode.Kind);
    public static readonly IdentifierType DrugCode = new(Kernel.Identifiers.DrugCode.Kind);
    public static readonly IdentifierType Gtin = new(Kernel.Identifiers.Gtin.Kind);
    public static readonly IdentifierType Oid = new(Kernel.Identifiers.Oid.Kind);
    public static readonly IdentifierType LicenceIdentifier = new(Kernel.Identifiers.LicenceIdentifier.Kind);
    public static readonly IdentifierType Email = new(Kernel.Identifiers.Email.Kind);

    /// <summary>All kinds, in the order in which a form offers them.</summary>
    public static readonly IReadOnlyList<FieldType> All =
    [
        Text, LongText, Code, Integer, Decimal, Money, Date, DateTime, Time, YesNo, File, Link, Geometry, Region,
        CitizenNumber, CreditCode, OrganisationCode, RegistrationNumber, ForeignId, HongKongMacauPermit, TaiwanPermit,
        Passport, Plate, Phone, BankCard, PostalCode, DrugTraceCode, DrugCode, Gtin, Oid, Email,
        LicenceIdentifier,
    ];

    private static readonly Lock Asking = new();

    private static readonly Dictionary<string, FieldType> ByName = All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static volatile Func<string, CodeList?>[] _asked = [];

    /// <summary>Finds a code list by name: of the registries of this process, the newest first, or a national one.</summary>
    public static Func<string, CodeList?> Codes { get; set; } = Newest;

    /// <summary>Asks <paramref name="lists"/> from now on, before those that are asked already, until the answer is disposed of.</summary>
    public static IDisposable Ask(Func<string, CodeList?> lists)
    {
        lock (Asking)
        {
            _asked = [lists, .. _asked];
        }

        return new Question(lists);
    }

    /// <summary>The clock by which dates inside identifiers are judged.</summary>
    public static TimeProvider Clock { get; set; } = TimeProvider.System;

    public static FieldType? Find(string name) => ByName.GetValueOrDefault(name);

    private static CodeList? Newest(string name)
    {
        foreach (var lists in _asked)
        {
            if (lists(name) is { } list)
            {
                return list;
            }
        }

        return NationalCodes.Find(name);
    }

    private sealed class Question(Func<string, CodeList?> lists) : IDisposable
    {
        public void Dispose()
        {
            lock (Asking)
            {
                _asked = [.. _asked.Where(one => one != lists)];
            }
        }
    }
}
