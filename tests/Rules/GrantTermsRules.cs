using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>What the terms of a grant must be: each fault with its code, and all of them at once.</summary>
public sealed class GrantTermsRules(City city)
{
    public static TheoryData<string, string> Faults => new()
    {
        { "nothing", "" },
        { "no such resource", "SHR-G01" },
        { "own resource", "SHR-G03" },
        { "no fields", "SHR-G04 SHR-G06" },
        { "unknown field", "SHR-G05" },
        { "clear without", "SHR-G06" },
        { "bad condition", "SHR-G09" },
        { "unknown field in condition", "SHR-G09" },
        { "long condition", "SHR-G08" },
        { "no words", "SHR-G11 SHR-G10" },
        { "long words", "SHR-G19" },
        { "no way", "SHR-G12" },
        { "unknown way", "SHR-G13" },
        { "no rate", "SHR-G14" },
        { "rate zero", "SHR-G14" },
        { "no days", "SHR-G15 SHR-G15" },
        { "ended", "SHR-G16" },
        { "ends first", "SHR-G17" },
        { "too long", "SHR-G18" },
        { "everything", "SHR-G11 SHR-G10 SHR-G05 SHR-G09 SHR-G12 SHR-G14 SHR-G15 SHR-G15" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_has_its_code(string fault, string codes)
    {
        var town = new SharingTown(city);
        var resource = await town.Register(Sharing.Conditional("限履行职责时使用"));
        var today = city.Service<TimeProvider>().Today();
        var good = town.Terms(resource);
        var terms = fault switch
        {
            "no such resource" => good with { Resource = "no-such/thing" },
            "own resource" => good with { Consumer = "411102.police" },
            "no fields" => good with { Fields = [] },
            "unknown field" => good with { Fields = ["owner_name", "colour"] },
            "clear without" => good with { Clear = ["address"] },
            "bad condition" => good with { Condition = "district = = 3" },
            "unknown field in condition" => good with { Condition = "colour = 'red'" },
            "long condition" => good with { Condition = "district = '" + new string('x', GrantRules.ConditionMax) + "'" },
            "no words" => good with { Scene = " ", Basis = "" },
            "long words" => good with { Scene = new string('字', GrantRules.WordsMax + 1) },
            "no way" => good with { Ways = [] },
            "unknown way" => good with { Ways = ["query", "fax"] },
            "no rate" => good with { Rate = null },
            "rate zero" => good with { Rate = 0 },
            "no days" => good with { Begins = null, Ends = null },
            "ended" => good with { Begins = today.AddDays(-9), Ends = today.AddDays(-1) },
            "ends first" => good with { Begins = today.AddDays(9), Ends = today.AddDays(8) },
            "too long" => good with { Ends = today.AddYears(GrantRules.YearsMax).AddDays(1) },
            "everything" => new GrantTerms(resource.Address, "health") { Fields = ["colour"], Condition = "(" },
            _ => good,
        };
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), GrantRules.Judge(terms, city.Service<SharedResources>(), today).Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task What_is_not_shared_is_refused_with_its_law_and_a_key_goes_with_every_record()
    {
        var town = new SharingTown(city);
        var today = city.Service<TimeProvider>().Today();
        var kept = await town.Register(Sharing.NotShared(new Basis("保守国家秘密法", "第三十条")));
        var refusal = Assert.Single(GrantRules.Judge(town.Terms(kept), city.Service<SharedResources>(), today));
        Assert.Equal(("SHR-G02", "保守国家秘密法"), (refusal.Code, refusal.Basis!.Act));
        var keyed = await town.Register(Sharing.Conditional("限履行职责时使用"), key: "person");
        Assert.Equal("SHR-G07", Assert.Single(GrantRules.Judge(town.Terms(keyed), city.Service<SharedResources>(), today)).Code);
    }

    [Theory]
    [InlineData(GrantState.InForce, 0, GrantState.InForce)]
    [InlineData(GrantState.InForce, -1, GrantState.Coming)]
    [InlineData(GrantState.InForce, 10, GrantState.InForce)]
    [InlineData(GrantState.InForce, 11, GrantState.Expired)]
    [InlineData(GrantState.Suspended, 11, GrantState.Suspended)]
    [InlineData(GrantState.Revoked, 5, GrantState.Revoked)]
    public void A_grant_holds_from_its_first_to_its_last_day(string state, int days, string stands)
    {
        var first = new DateOnly(2026, 3, 1);
        var grant = new Grant
        {
            Number = "2026030100000001",
            Resource = "a/b",
            Provider = "police",
            Consumer = "health",
            Fields = "a",
            Scene = "s",
            Basis = "b",
            Ways = "query",
            Rate = 1,
            Begins = first,
            Ends = first.AddDays(10),
            State = state,
        };
        Assert.Equal(stands, grant.StateOn(first.AddDays(days)));
    }
}
