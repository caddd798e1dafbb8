using System.Globalization;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Tests.Rules;

/// <summary>What stands against a filing beside the state of the entity.</summary>
public sealed class LegalEntityFilingRules
{
    private const string Code = "123456788";
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("", null)]
    [InlineData("suspend 2022-01-01, resume 2024-12-30", null)]
    [InlineData("suspend 2022-01-01, resume 2024-12-31", "D2-R03")]
    [InlineData("suspend 2020-01-01, resume 2021-07-01, suspend 2022-01-01, resume 2023-07-01", null)]
    [InlineData("suspend 2020-01-01, resume 2021-07-01, suspend 2022-01-01, resume 2023-07-04", "D2-R03")]
    [InlineData("suspend 2020-01-01, change 2021-01-01, resume 2023-06-01", "D2-R03")]
    public void Rest_is_three_years_in_all(string file, string? code) =>
        Expect(code, Facts("suspend", "2026-11-23") with { File = File(file) });

    [Theory]
    [InlineData("2026-10-20", "2026-11-08", "D2-R04")]
    [InlineData("2026-10-20", "2026-11-09", null)]
    [InlineData("2026-10-20", "2026-11-23", null)]
    public void Simple_deregistration_waits_for_twenty_days_of_notice(string notice, string on, string? code) =>
        Expect(code, Facts("simple-deregister", on, EntityState.SimpleNotice) with { File = File("simple-notice " + notice) });

    [Theory]
    [InlineData("enterprise", null)]
    [InlineData("cooperative", null)]
    [InlineData("branch", null)]
    [InlineData("organ", "D2-R16")]
    [InlineData("institution", "D2-R16")]
    [InlineData("association", "D2-R16")]
    public void Market_regulation_files_for_those_whom_it_registers(string kind, string? code)
    {
        var facts = Facts("change", "2026-11-23");
        Expect(code, facts with { Entity = facts.Entity! with { Kind = kind } });
    }

    [Theory]
    [InlineData("sole-trader", EntityState.Active, null)]
    [InlineData("enterprise", EntityState.Active, "D2-R01")]
    [InlineData("sole-trader", EntityState.Revoked, "D2-R01")]
    public void A_sole_trader_needs_no_notice(string kind, string state, string? code)
    {
        var facts = Facts("simple-deregister", "2026-11-23", state);
        facts = facts with { Entity = facts.Entity! with { Kind = kind } };
        Expect(code, facts);
        Assert.Equal(code is null ? EntityState.Deregistered : null, FilingRules.Next(facts) is { Ok: true } next ? next.Value : null);
    }

    [Theory]
    [InlineData("deregister", EntityState.Liquidating, 2, "D2-R05")]
    [InlineData("deregister", EntityState.Liquidating, 0, null)]
    [InlineData("simple-deregister", EntityState.SimpleNotice, 1, "D2-R05")]
    [InlineData("liquidate", EntityState.Active, 2, null)]
    public void Branches_end_before_their_parent(string step, string state, int branches, string? code) =>
        Expect(code, Facts(step, "2026-11-23", state) with { Living = branches });

    [Theory]
    [InlineData("simple-notice", EntityState.Active, true, "D2-R09")]
    [InlineData("simple-notice", EntityState.Active, false, null)]
    [InlineData("simple-deregister", EntityState.SimpleNotice, true, "D2-R09")]
    [InlineData("liquidate", EntityState.Active, true, null)]
    public void Whoever_is_listed_as_abnormal_is_not_struck_off_simply(string step, string state, bool abnormal, string? code)
    {
        var facts = Facts(step, "2026-11-23", state);
        Expect(code, facts with { Entity = facts.Entity! with { Abnormal = abnormal } });
    }

    [Theory]
    [InlineData("change-representative", "2020-05-05", "D2-R07")]
    [InlineData("change-representative", null, null)]
    [InlineData("change", "2020-05-05", null)]
    public void A_representative_is_alive(string step, string? died, string? code) =>
        Expect(code, Facts(step, "2026-11-23") with { RepresentativeDied = died is null ? null : Day(died) });

    [Theory]
    [InlineData("2026-11-24", "D2-R02")]
    [InlineData("2026-11-23", null)]
    [InlineData("2026-03-01", null)]
    [InlineData("2026-02-28", "D2-R02")]
    public void Days_stand_in_order(string on, string? code) =>
        Expect(code, Facts("change", on) with { File = File("establish 2020-01-01, change 2026-03-01") });

    [Theory]
    [InlineData("merge", null, "D2-R06")]
    [InlineData("split", "  ", "D2-R06")]
    [InlineData("merge", "报纸公告2026年9月1日至10月16日", null)]
    [InlineData("change", null, null)]
    public void Creditors_are_told(string step, string? details, string? code)
    {
        var facts = Facts(step, "2026-11-23");
        Expect(code, facts with { Request = facts.Request with { Details = details } });
    }

    [Theory]
    [InlineData("increase-capital", 100, 200, null)]
    [InlineData("increase-capital", 100, 100, "D2-R11")]
    [InlineData("increase-capital", 100, null, "D2-R11")]
    [InlineData("decrease-capital", 100, 50, null)]
    [InlineData("decrease-capital", 100, 150, "D2-R11")]
    public void Capital_moves_the_way_that_the_step_says(string step, int before, int? after, string? code)
    {
        var facts = Facts(step, "2026-11-23");
        var changes = new Dictionary<string, object?> { ["capital"] = (decimal?)after };
        Expect(code, facts with
        {
            Entity = facts.Entity! with { Capital = before },
            Request = facts.Request with { Details = "公告四十五日", Changes = changes },
        });
    }

    [Fact]
    public void The_credit_code_carries_the_organisation_code()
    {
        var organisation = "12345678" + OrganisationCode.CheckOf("12345678");
        var other = "87654321" + OrganisationCode.CheckOf("87654321");
        var credit = CreditCode.Compose("91", "411100", organisation);
        Assert.Null(EntityCodes.Agree(organisation, credit));
        Assert.Null(EntityCodes.Agree(organisation, null));
        Assert.Equal(("D2-R10", "credit_code"), EntityCodes.Agree(other, credit) is { } refusal ? (refusal.Code, refusal.Field) : default);

        FilingFacts New(string code) => new(null, [], 0, null, new FilingRequest("establish", Today, "文1", null)
        {
            Changes = new Dictionary<string, object?> { ["organisation_code"] = code, ["credit_code"] = credit },
        }, Today);
        Expect(null, New(organisation));
        Expect("D2-R10", New(other));
    }

    [Theory]
    [InlineData("enterprise", "91", false)]
    [InlineData("branch", "91", false)]
    [InlineData("sole-trader", "91", true)]
    [InlineData("association", "51", false)]
    [InlineData("organ", "12", true)]
    [InlineData("other", "59", false)]
    public void A_kind_that_does_not_fit_the_code_is_told_not_refused(string kind, string category, bool odd) =>
        Assert.Equal(odd, EntityCodes.Oddity(kind, category + "411100" + Code + "0") is not null);

    [Fact]
    public void Everything_is_told_at_once()
    {
        var facts = Facts("simple-deregister", "2026-12-01", EntityState.SimpleNotice) with { Living = 1 };
        facts = facts with
        {
            Entity = facts.Entity! with { Abnormal = true },
            File = File("simple-notice 2026-11-20"),
            Request = facts.Request with { Document = null },
        };
        Assert.Equal(["D2-R02", "D2-R04", "D2-R05", "D2-R08", "D2-R09"], FilingRules.Judge(facts).Select(refusal => refusal.Code));
    }

    private static void Expect(string? code, FilingFacts facts) =>
        Assert.Equal(code is null ? [] : [code], FilingRules.Judge(facts).Select(refusal => refusal.Code));

    private static FilingFacts Facts(string step, string on, string state = EntityState.Active) => new(
        new Entity { OrganisationCode = Code, Name = "某公司", Kind = "enterprise", State = state, EstablishedOn = new(2015, 1, 1) },
        [], 0, null, new FilingRequest(step, Day(on), "漯市监〔2026〕1号", null), Today);

    /// <summary>Filings as the register keeps them: each knows the state before and after.</summary>
    private static List<Filing> File(string steps)
    {
        var state = EntityState.Active;
        var file = new List<Filing>();
        foreach (var step in steps.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(step => step.Split(' ')))
        {
            var next = LifeCycle.Next(step[0] == "establish" ? "" : state, step[0]).Value;
            file.Add(new Filing { Entity = Code, Kind = step[0], On = Day(step[1]), Before = state, After = next });
            state = next;
        }

        return file;
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
