using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A department's database of firms among the others: by which number it knows a firm.</summary>
/// <param name="Alias">Its name in the rules.</param>
/// <param name="Numbers">Fields by which it knows a firm, the better one first.</param>
/// <param name="NameField">The firm's name there.</param>
/// <param name="DayField">The day from which the firm is in it.</param>
public sealed record Authority(string Alias, ResourceDefinition Resource, IReadOnlyList<string> Numbers, string NameField, string DayField)
{
    public const string Schema = "enterprises";

    public static readonly Authority Registration = new("r", Definition.Of<Registration>(), ["credit_code"], "name", "established_on");

    public static readonly Authority Taxpayer = new("t", Definition.Of<Taxpayer>(), ["taxpayer_number"], "name", "registered_on");

    public static readonly Authority ProductLicence = new("q", Definition.Of<ProductLicence>(), ["holder_code"], "holder_name", "issued_on");

    public static readonly Authority LandParcel = new("l", Definition.Of<LandParcel>(), ["holder_code"], "holder_name", "registered_on");

    public static readonly Authority Premises = new("h", Definition.Of<Premises>(), ["occupant_code"], "occupant_name", "registered_on");

    public static readonly Authority StatisticalUnit = new("s", Definition.Of<StatisticalUnit>(), ["unit_code"], "name", "surveyed_on");

    public static readonly Authority PollutantPermit = new("e", Definition.Of<PollutantPermit>(), ["holder_code"], "holder_name", "issued_on");

    public static readonly Authority InsuredUnit = new("i", Definition.Of<InsuredUnit>(), ["credit_code", "unit_number"], "name", "registered_on");

    /// <summary>In the order in which a page shows them: the registrar first.</summary>
    public static readonly IReadOnlyList<Authority> All = [Registration, Taxpayer, ProductLicence, LandParcel, Premises, StatisticalUnit, PollutantPermit, InsuredUnit];

    public static Authority Of(string alias) => All.First(authority => authority.Alias == alias);

    public Sql Table => Sql.Name(Resource.Schema, Resource.Table);

    public Sql Past => Sql.Name(Resource.Schema, Resource.Table + "__past");

    public Sql Key => Sql.Name(Resource.KeyColumn);

    /// <summary>The number by which the firm is known in a row.</summary>
    /// <param name="row">Prefix of the row, with its dot; empty: none.</param>
    public Sql Number(string row) => Numbers.Count == 1
        ? Sql.Trusted(row) + Sql.Name(Numbers[0])
        : Sql.Of($"coalesce({Sql.Join(", ", Numbers.Select(field => Sql.Trusted(row) + Sql.Name(field)))})");
}
