using Shali.Platform.Kernel.Identifiers;

namespace Shali.Tests.Rules;

/// <summary>Made-up and published numbers, each with the one thing that is right or wrong about it.</summary>
public sealed class IdentifierVectors
{
    private static readonly DateOnly Today = new(2026, 11, 1);

    [Theory]
    [InlineData("citizen-number", "411102199003071231", "411102199003071231")]
    [InlineData("citizen-number", "41110219900307124X", "41110219900307124X")]
    [InlineData("citizen-number", "41110219900307124x", "41110219900307124X")]
    [InlineData("citizen-number", " ４１１１０２１９９００３０７１２３１ ", "411102199003071231")]
    [InlineData("citizen-number", "411121200002290015", "411121200002290015")]
    [InlineData("citizen-number", "411104200802290025", "411104200802290025")]
    [InlineData("citizen-number", "411103201610010066", "411103201610010066")]
    [InlineData("citizen-number", "411103196311120181", "411103196311120181")]
    [InlineData("citizen-number", "41110219780815019X", "41110219780815019X")]
    [InlineData("citizen-number", "360426199101010071", "360426199101010071")]
    [InlineData("citizen-number", "11010519491231002X", "11010519491231002X")]
    [InlineData("citizen-number", "440524188001010014", null)]
    [InlineData("citizen-number", "411102780815012", "411102197808150122")]
    [InlineData("citizen-number", "810000199003071237", "810000199003071237")]
    [InlineData("citizen-number", "820000199003071239", "820000199003071239")]
    [InlineData("citizen-number", "830000199003071230", "830000199003071230")]
    [InlineData("hong-kong-macau-permit", "H12345678", "H12345678")]
    [InlineData("hong-kong-macau-permit", "m1234567801", "M1234567801")]
    [InlineData("hong-kong-macau-permit", "T12345678", null)]
    [InlineData("taiwan-permit", "12345678", "12345678")]
    [InlineData("taiwan-permit", "1234567890B", "1234567890B")]
    [InlineData("taiwan-permit", "1234567", null)]
    [InlineData("passport", "E12345678", "E12345678")]
    [InlineData("passport", "EA1234567", "EA1234567")]
    [InlineData("passport", "G1234567", null)]
    [InlineData("foreign-id", "932682198501010017", "932682198501010017")]
    [InlineData("foreign-id", "935840199001010015", "935840199001010015")]
    [InlineData("foreign-id", "911392198505200020", "911392198505200020")]
    [InlineData("foreign-id", "USA110000000123", "USA110000000123")]
    [InlineData("credit-code", "91110000600037341L", "91110000600037341L")]
    [InlineData("credit-code", "121200004013590816", "121200004013590816")]
    [InlineData("credit-code", "91310115MA1K3BTP2B", "91310115MA1K3BTP2B")]
    [InlineData("credit-code", "91340600MA2PBM9HXD", "91340600MA2PBM9HXD")]
    [InlineData("credit-code", "914112810713741814", "914112810713741814")]
    [InlineData("credit-code", "91350100M000100Y43", "91350100M000100Y43")]
    [InlineData("credit-code", "11411100005741238T", "11411100005741238T")]
    [InlineData("credit-code", "12411100005741238P", "12411100005741238P")]
    [InlineData("credit-code", "91411100MA12345695", "91411100MA12345695")]
    [InlineData("credit-code", "92411102MA1234569Y", "92411102MA1234569Y")]
    [InlineData("credit-code", "93411122MA1234569T", "93411122MA1234569T")]
    [InlineData("credit-code", "N1411122001234562T", "N1411122001234562T")]
    [InlineData("credit-code", "53411100501234569Q", "53411100501234569Q")]
    [InlineData("registration-number", "411100100000015", "411100100000015")]
    [InlineData("registration-number", "110108000000016", "110108000000016")]
    [InlineData("registration-number", "411100100000016", null)]
    [InlineData("organisation-code", "D2143569-X", "D2143569X")]
    [InlineData("organisation-code", "MA1FL2A0-6", "MA1FL2A06")]
    [InlineData("organisation-code", "74256987-X", "74256987X")]
    [InlineData("organisation-code", "00001438-1", "000014381")]
    [InlineData("organisation-code", "60003734-1", "600037341")]
    [InlineData("organisation-code", "6000373-41", null)]
    [InlineData("region", "41", "41")]
    [InlineData("region", "411100", "4111")]
    [InlineData("region", "410000", "41")]
    [InlineData("region", "411102000000", "411102")]
    [InlineData("region", "411102001000", "411102001")]
    [InlineData("region", "411102001001", "411102001001")]
    [InlineData("region", "991100", null)]
    [InlineData("region", "41110", null)]
    [InlineData("plate", "豫L12345", "豫L12345")]
    [InlineData("plate", "豫l·12345", "豫L12345")]
    [InlineData("plate", "豫LD12345", "豫LD12345")]
    [InlineData("plate", "豫L12345D", "豫L12345D")]
    [InlineData("plate", "豫L1234警", "豫L1234警")]
    [InlineData("plate", "豫I12345", null)]
    [InlineData("plate", "豫LO2345", null)]
    [InlineData("phone", "13800000000", "+8613800000000")]
    [InlineData("phone", "+86 138 0000 0000", "+8613800000000")]
    [InlineData("phone", "0395-2123456", "+863952123456")]
    [InlineData("phone", "03952123456", "+863952123456")]
    [InlineData("phone", "(0395) 2123456", "+863952123456")]
    [InlineData("phone", "010-12345678", "+861012345678")]
    [InlineData("phone", "12345", "12345")]
    [InlineData("phone", "110", "110")]
    [InlineData("phone", "400-123-4567", "+864001234567")]
    [InlineData("phone", "+1 202 555 0100", "+12025550100")]
    [InlineData("phone", "2123456", null)]
    [InlineData("phone", "1380000000", null)]
    [InlineData("bank-card", "6222021705000012347", "6222021705000012347")]
    [InlineData("bank-card", "6222 0217 0500 0012 347", "6222021705000012347")]
    [InlineData("bank-card", "6236680000000000019", "6236680000000000019")]
    [InlineData("bank-card", "6228480000000000018", "6228480000000000018")]
    [InlineData("bank-card", "4111111111111111", "4111111111111111")]
    [InlineData("bank-card", "6222021705000012346", null)]
    [InlineData("postal-code", "462000", "462000")]
    [InlineData("postal-code", "46200", null)]
    [InlineData("gtin", "06901234567892", "06901234567892")]
    [InlineData("gtin", "6901234567892", "6901234567892")]
    [InlineData("gtin", "6901234567893", null)]
    [InlineData("licence-identifier", "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U", "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U")]
    [InlineData("licence-identifier", " 1.2.156.3005.2.11100000000013338w009.11330105002500287c.2025052201.002.0 ", "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0")]
    [InlineData("licence-identifier", "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9")]
    [InlineData("licence-identifier", "1.2.156.3005.2.11100000000013338W001.11411100005741238T.20260000001.001.P", "1.2.156.3005.2.11100000000013338W001.11411100005741238T.20260000001.001.P")]
    [InlineData("licence-identifier", "1.2.156.3005.2.11100000000013338W001.11411100005741238T.20260000002.001.P", null)]
    [InlineData("licence-identifier", "1.2.156.3005.3.11100000000013338W001.11411100005741238T.20260000001.001.P", null)]
    [InlineData("drug-trace", "81234567890123456789", "81234567890123456789")]
    [InlineData("drug-trace", "(01)06901234567892(17)261231(10)A1(21)0001", "010690123456789217261231" + "10A1\u001D210001")]
    [InlineData("drug-trace", "(01)06901234567893(21)1", null)]
    [InlineData("drug-trace", "(01)06901234567892(17)261301(21)1", null)]
    [InlineData("drug-trace", "1234567890", null)]
    [InlineData("oid", "1.2.156.10197", "1.2.156.10197")]
    [InlineData("oid", "2.16.156", "2.16.156")]
    [InlineData("oid", "1.40.1", null)]
    [InlineData("oid", "1.2.0156", null)]
    [InlineData("oid", "3.1", null)]
    [InlineData("email", " Zhang.San@Example.CN ", "Zhang.San@example.cn")]
    [InlineData("email", "zhang@localhost", null)]
    public void An_identifier_is_accepted_in_its_normal_form_or_refused(string kind, string written, string? normal)
    {
        var outcome = IdentifierKinds.Find(kind)!.Accept(written, Today);

        Assert.Equal(normal, outcome.Ok ? outcome.Value : null);
    }

    [Theory]
    [InlineData("citizen-number", "411102199003071232", "ID-07")]
    [InlineData("citizen-number", "411102199002301234", "ID-03")]
    [InlineData("citizen-number", "411102199013071235", "ID-03")]
    [InlineData("citizen-number", "411102209003071238", "ID-04")]
    [InlineData("citizen-number", "411102187903071239", "ID-05")]
    [InlineData("citizen-number", "991102199003071234", "ID-06")]
    [InlineData("citizen-number", "36042619910102009X", "ID-07")]
    [InlineData("citizen-number", "4111021990030712", "ID-01")]
    [InlineData("citizen-number", "41110219900307X231", "ID-02")]
    [InlineData("citizen-number", "991102199002301230", "ID-03 ID-06 ID-07")]
    [InlineData("foreign-id", "911124198108030028", "ID-07")]
    [InlineData("foreign-id", "941156200001010011", "ID-10")]
    [InlineData("foreign-id", "US1110000000123", "ID-11")]
    [InlineData("credit-code", "91110000600037341N", "ID-07")]
    [InlineData("credit-code", "9111000060003IOZSV", "ID-02")]
    [InlineData("credit-code", "12345", "ID-01")]
    [InlineData("credit-code", "91411100MA12345696", "ID-07")]
    [InlineData("credit-code", "91411100MA12345I95", "ID-02")]
    [InlineData("credit-code", "9A411100MA12345695", "ID-09 ID-07")]
    [InlineData("organisation-code", "D2143569-1", "ID-07")]
    [InlineData("organisation-code", "6000373-41", "ID-11")]
    [InlineData("bank-card", "6222021705000012346", "ID-07")]
    [InlineData("bank-card", "79927398713", "ID-01")]
    public void Everything_that_is_wrong_is_told_by_its_code(string kind, string written, string codes)
    {
        var identifier = IdentifierKinds.Find(kind)!;

        var flaws = identifier.Check(identifier.Normalise(written), Today);

        Assert.Equal(codes, string.Join(' ', flaws.Select(flaw => flaw.Code)));
        Assert.All(flaws, flaw => Assert.EndsWith("。", flaw.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("440524188001010014")]
    [InlineData("411102187903071239")]
    [InlineData("411102209003071238")]
    [InlineData("991102199003071234")]
    public void A_right_check_digit_alone_proves_nothing(string number)
    {
        Assert.Equal(number[17], CheckDigits.Mod112(number));
        Assert.False(CitizenNumber.IsValid(number, Today));
    }

    [Fact]
    public void An_unknown_category_of_a_credit_code_is_only_a_warning()
    {
        var code = CreditCode.Compose("54", "411102", "MA1234569");

        Assert.Equal(FlawKind.Warning, Assert.Single(CreditCode.Kind.Check(code, Today)).Kind);
        Assert.True(CreditCode.Kind.Accept(code, Today).Ok);
    }

    [Fact]
    public void The_inner_organisation_code_is_checked_too()
    {
        var code = CreditCode.Compose("91", "411102", "MA1234561");

        Assert.Equal("ID-08", Assert.Single(CreditCode.Kind.Check(code, Today)).Code);
    }

    [Fact]
    public void Luhn_holds_for_the_classic_example()
    {
        Assert.True(CheckDigits.Luhn("79927398713"));
        Assert.False(CheckDigits.Luhn("79927398710"));
    }

    [Theory]
    [InlineData("411102660101997", "411102186601019972")]
    [InlineData("411102660101123", "411102196601011234")]
    public void Sequences_from_996_belong_to_the_nineteenth_century(string old, string upgraded)
    {
        Assert.Equal(upgraded[..17], CitizenNumber.Upgrade(old)[..17]);
    }

    [Theory]
    [InlineData("+8613800000000", "13800000000")]
    [InlineData("+863952123456", "0395-2123456")]
    [InlineData("+861012345678", "010-12345678")]
    [InlineData("12345", "12345")]
    public void A_phone_number_is_shown_as_it_is_dialled(string stored, string shown) =>
        Assert.Equal(shown, Phone.Kind.Show(stored));

    [Fact]
    public void What_is_composed_is_valid()
    {
        for (var sequence = 1; sequence < 999; sequence++)
        {
            var number = CitizenNumber.Compose("411102", new DateOnly(1990, 3, 7), sequence);
            Assert.True(CitizenNumber.IsValid(number, Today), number);
            Assert.Equal(sequence % 2 == 1 ? "1" : "2", CitizenNumber.Sex(number));
        }
    }
}
