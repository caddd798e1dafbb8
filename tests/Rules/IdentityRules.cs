using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Rules;

public sealed class IdentityRules
{
    private static readonly ResourceDefinition Person = Resource("population/person", "police", Sharing.Conditional("按需"));
    private static readonly ResourceDefinition Firm = Resource("legal-entities/entity", "market-regulation", Sharing.Unconditional);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("Ab1!xyz", "ID-P01 ")]
    [InlineData("Ab1!xyzuvw", "")]
    [InlineData("abcdefghijk", "ID-P03 ")]
    [InlineData("abcdefgh123", "ID-P03 ")]
    [InlineData("Abcdefgh123", "")]
    [InlineData("zhangsan-A1", "ID-P04 ")]
    [InlineData("Aa1Aa1Aa1Aa1", "ID-P05 ")]
    [InlineData("", "ID-P01 ID-P03 ")]
    public void A_password_is_told_everything_that_is_wrong_with_it(string password, string codes) =>
        Assert.Equal(codes, string.Concat(PasswordPolicy.GradedProtection.Check(password, "zhangsan", "张三").Select(each => each.Code + " ")));

    [Fact]
    public void A_password_of_the_graded_policy_ends_after_ninety_days_and_a_long_phrase_never()
    {
        var set = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.False(PasswordPolicy.GradedProtection.IsExpired(set, set.AddDays(89)));
        Assert.True(PasswordPolicy.GradedProtection.IsExpired(set, set.AddDays(90)));
        Assert.False(PasswordPolicy.LongPhrases.IsExpired(set, set.AddYears(10)));
    }

    [Fact]
    public void Random_passwords_satisfy_the_policy() =>
        Assert.All(Enumerable.Range(0, 200), _ => Assert.False(PasswordPolicy.GradedProtection.Check(Passwords.Random(), "clerk", "李四").Any));

    [Theory]
    [InlineData("zhang.san", true)]
    [InlineData("abc", false)]
    [InlineData("张三丰张三丰", false)]
    [InlineData("411102199001011234", false)]
    [InlineData("41110219900101123x", false)]
    [InlineData("-abcd", false)]
    public void A_login_is_a_plain_word_and_never_a_citizen_number(string login, bool good) =>
        Assert.Equal(good, LoginName.IsGood(login));

    [Theory]
    [InlineData("/desk?x=1", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("desk", false)]
    [InlineData("/a\nb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_local_address_may_follow_a_sign_on(string? address, bool local) => Assert.Equal(local, LocalAddress.Is(address));

    [Theory]
    [InlineData("police", "police", true)]
    [InlineData("police", "411102.police", true)]
    [InlineData("411102.police", "police", false)]
    [InlineData("411102.police", "411102.police", true)]
    [InlineData("police", "health", false)]
    [InlineData("city", "city", true)]
    [InlineData("411102", "411102", true)]
    [InlineData("411102", "411102001", false)]
    public void A_function_names_its_offices_at_every_level(string named, string office, bool matches) =>
        Assert.Equal(matches, OfficeCode.Matches(named, office));

    [Theory]
    [InlineData(Roles.Clerk, "police", "read clear write load")]
    [InlineData(Roles.Clerk, "411102.police", "read clear write load")]
    [InlineData(Roles.Head, "police", "read clear write export")]
    [InlineData(Roles.InformationOfficer, "police", "read clear write load export")]
    [InlineData(Roles.Leader, "police", "read")]
    [InlineData(Roles.Leader, "city", "read")]
    [InlineData(Roles.Leader, "health", "")]
    [InlineData(Roles.Clerk, "health", "")]
    [InlineData(Roles.Client, "police", "read clear write load")]
    [InlineData(Roles.Client, "health", "")]
    [InlineData(Roles.Resident, "", "")]
    [InlineData(Roles.SystemAdministrator, "police", "")]
    [InlineData(Roles.SecurityAdministrator, "police", "")]
    [InlineData(Roles.AuditAdministrator, "police", "")]
    public void A_conditional_resource_is_its_owners(string role, string office, string rights) =>
        Assert.Equal(Codes(Person, rights), Table().Of(role, office).Where(code => code.StartsWith("population.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(Roles.Clerk, "health", "read")]
    [InlineData(Roles.Client, "health", "read")]
    [InlineData(Roles.SystemAdministrator, "data", "")]
    [InlineData(Roles.Resident, "", "")]
    public void An_unconditional_resource_is_read_by_all_staff_but_administrators(string role, string office, string rights) =>
        Assert.Equal(Codes(Firm, rights), Table().Of(role, office).Where(code => code.StartsWith("legal-entities.", StringComparison.Ordinal)));

    [Fact]
    public void A_change_of_the_security_administrator_holds_from_its_day_to_its_end()
    {
        var give = new RoleRight("1", Roles.Clerk, "health", "population.person.read", true, Today, Today.AddDays(2), "疫情");
        var take = new RoleRight("2", Roles.Clerk, "", "population.person.clear", false, Today.AddDays(1), null, "整改");
        bool Health(int day) => Table(Today.AddDays(day), give, take).Of(Roles.Clerk, "health").Contains("population.person.read");
        bool Clear(int day) => Table(Today.AddDays(day), give, take).Of(Roles.Clerk, "police").Contains("population.person.clear");
        Assert.Equal([false, true, true, false], new[] { -1, 0, 1, 2 }.Select(Health));
        Assert.Equal([true, true, false, false], new[] { -1, 0, 1, 2 }.Select(Clear));
    }

    [Theory]
    [InlineData("api.read", "population.person.read", true)]
    [InlineData("api.read", "population.person.clear", true)]
    [InlineData("api.read", "population.person.write", false)]
    [InlineData("api.write", "population.person.write", true)]
    [InlineData("api.write", "population.person.read", false)]
    [InlineData("api.read api.write", "population.event.register", true)]
    [InlineData("api.read population.person", "population.person.read", true)]
    [InlineData("api.read population.person", "legal-entities.entity.read", false)]
    [InlineData("population.person", "population.person.read", true)]
    [InlineData("population.person", "population.person.write", false)]
    [InlineData("openid profile", "population.person.read", false)]
    [InlineData("", "population.person.read", false)]
    public void A_token_may_what_its_scopes_say(string scopes, string permission, bool may) =>
        Assert.Equal(may, new TokenScopes(scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Allow(permission));

    [Theory]
    [InlineData(Roles.SecurityAdministrator, "a", "b", Roles.Clerk, "", 1, "")]
    [InlineData(Roles.SecurityAdministrator, "a", "a", Roles.Clerk, "", 1, "ID-R02")]
    [InlineData(Roles.SystemAdministrator, "a", "b", Roles.Clerk, "", 1, "ID-R03")]
    [InlineData(Roles.SystemAdministrator, "a", "b", Roles.SecurityAdministrator, "", 0, "")]
    [InlineData(Roles.SystemAdministrator, "a", "b", Roles.SecurityAdministrator, "", 1, "ID-R03")]
    [InlineData(Roles.SystemAdministrator, "a", "a", Roles.SecurityAdministrator, Roles.SystemAdministrator, 0, "ID-R01 ID-R02")]
    [InlineData(Roles.SecurityAdministrator, "a", "b", Roles.AuditAdministrator, Roles.SystemAdministrator, 1, "ID-R01")]
    [InlineData(Roles.SecurityAdministrator, "a", "b", Roles.AuditAdministrator, Roles.Clerk, 1, "")]
    public void Three_administrators_are_three_persons(string whoRole, string who, string account, string role, string held, int security, string codes)
    {
        var caller = new Caller { Id = who, Name = who, Kind = CallerKind.Staff, Role = whoRole };
        var refusals = Separation.Check(caller, account, role, held.Split(' ', StringSplitOptions.RemoveEmptyEntries), security);
        Assert.Equal(codes, string.Join(' ', refusals.Select(each => each.Code)));
    }

    /// <summary>What OWASP asks of PBKDF2 with HMAC-SHA-512; cities of tests that do not prove it set less.</summary>
    [Fact]
    public void A_guess_at_a_password_costs_210_000_rounds() => Assert.True(new IdentitySettings().HashIterations >= 210_000);

    [Fact]
    public void A_hash_of_little_work_is_renewed_when_its_password_is_shown()
    {
        var passwords = new Passwords(new IdentitySettings { HashIterations = 20_000 });
        var password = Passwords.Random();
        Assert.Equal(
            Microsoft.AspNetCore.Identity.PasswordVerificationResult.SuccessRehashNeeded, passwords.Verify(passwords.HashRandom(password), password));
        Assert.Equal(Microsoft.AspNetCore.Identity.PasswordVerificationResult.Success, passwords.Verify(passwords.Hash(password), password));
        Assert.Equal(Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed, passwords.Verify(passwords.Hash(password), password + "x"));
        Assert.Equal(Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed, passwords.Verify(null, "nobody"));
    }

    private static PermissionTable Table(DateOnly? day = null, params RoleRight[] changes) => new([Person, Firm], [], changes, day ?? Today);

    private static IEnumerable<string> Codes(ResourceDefinition resource, string rights) =>
        rights.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(right => $"{resource.Address}.{right}").Order(StringComparer.Ordinal);

    private static ResourceDefinition Resource(string id, string owner, Sharing sharing) => new()
    {
        Id = id,
        Name = id,
        Clause = "D1",
        Owner = owner,
        Sharing = sharing,
        Fields = [new FieldDefinition { Name = "name", Label = "名称", Type = FieldTypes.Text }],
    };
}
