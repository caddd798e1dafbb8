using Shali.Government.Governance.Disclosure;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Tests.Support;

/// <summary>People who publish, and the shortest ways to something published.</summary>
internal sealed class DisclosureTown(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static DraftWords Words(string title, string genre = "notice") =>
        new(title, "规定了办事的条件和程序。", "01", genre, new DateOnly(2026, 1, 5), Attributes.Proactive, "第一条 本办法自印发之日起施行。");

    /// <summary>Somebody of an office in a role, with what the role may do there; each call is another person.</summary>
    public Caller Staff(string role, string office = "police") => new()
    {
        Id = "staff-" + Guid.NewGuid().ToString("N"),
        Name = "工作人员",
        Kind = CallerKind.Staff,
        Office = office,
        OfficeName = office,
        Role = role,
        Permissions = city.Service<Permissions>().Of(role, office),
    };

    public static Caller Resident()
    {
        var key = "dp-" + Guid.NewGuid().ToString("N")[..12];
        return new() { Id = "account-" + key, Name = "某居民", Kind = CallerKind.Resident, Person = key, Role = Roles.Resident };
    }

    public async Task<string> Write(DraftWords words, Caller author) => (await city.Service<DraftDesk>().Begin(author, words, null, Cancel)).Value;

    public async Task<Draft> Take(Caller who, string draft, DraftRequest request)
    {
        var taken = await city.Service<DraftDesk>().Take(who, draft, request, Cancel);
        Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
        return taken.Value;
    }

    /// <summary>The index number of a document that went the whole way.</summary>
    public async Task<string> Publish(DraftWords words, string office = "police")
    {
        await IdentityPeople.Offices(city);
        var author = Staff(Roles.Clerk, office);
        var draft = await Write(words, author);
        await Take(author, draft, new(DraftStep.Submit));
        await Take(Staff(Roles.Head, office), draft, new(DraftStep.Pass) { Secrecy = DraftRules.Clear });
        return (await Take(Staff(Roles.InformationOfficer, office), draft, new(DraftStep.Publish))).Document!;
    }

    /// <summary>Something of each for those who walk over all pages.</summary>
    public async Task<DisclosedThings> Walk()
    {
        var document = await Publish(Words("走遍的征求意见稿", "draft"));
        var begun = await city.Service<ConsultationDesk>().Begin(Staff(Roles.InformationOfficer), document, city.Service<TimeProvider>().Today().AddDays(30), null, Cancel);
        Assert.True(begun.Ok, begun.Refusals.ToString());
        Assert.False((await city.Service<ConsultationDesk>().Answer(Resident(), document, "建议写得更具体。", null, Cancel)).Any);
        return new(await Write(Words("走遍的公开信息"), Staff(Roles.Clerk)), document);
    }
}

/// <param name="Draft">Key of a draft that is being written.</param>
/// <param name="Document">Index number of a consultation's text.</param>
internal sealed record DisclosedThings(string Draft, string Document);
