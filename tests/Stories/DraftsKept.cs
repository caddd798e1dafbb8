using System.Net;
using Shali.Government.Governance.Disclosure;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// What is not published yet is seen by those who write, review and publish it in their own office, and by nobody else, whatever
/// else his post may read and whichever door he tries.
/// </summary>
public sealed class DraftsKept(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DisclosureTown Town => new(city);

    [Theory]
    [InlineData("data", Roles.Clerk)]
    [InlineData("data", Roles.Head)]
    [InlineData("data", Roles.InformationOfficer)]
    [InlineData("city", Roles.Leader)]
    [InlineData("health", Roles.Head)]
    [InlineData("health", Roles.InformationOfficer)]
    public async Task At_no_door_does_another_office_see_a_draft_its_files_or_its_reviews(string office, string role)
    {
        var (mark, draft) = await Reviewed("police");
        var (_, own) = await Reviewed("data");
        using var browser = await SignedIn(office, role);
        foreach (var address in await Doors(draft))
        {
            var answer = await browser.Get(address);
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity, $"{address}: {answer.StatusCode}");
            Assert.DoesNotContain(mark, WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        }

        foreach (var file in (await city.Reader.List(DisclosureResources.DraftFile, DraftReader.OfDraft(draft), Cancel)).Records)
        {
            var answer = await browser.Get($"/api/collections/disclosure.draft-file/items/{file.Key}/files/file");
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.NotEqual(draft, own);
    }

    [Fact]
    public async Task The_doors_are_the_right_ones_who_may_read_and_writes_in_the_same_office_finds_it_there()
    {
        var (mark, draft) = await Reviewed("data");
        using var browser = await SignedIn("data", Roles.InformationOfficer);
        foreach (var address in await Doors(draft))
        {
            var answer = await browser.Get(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
            Assert.True(WebUtility.HtmlDecode(browser.Page).Contains(mark, StringComparison.Ordinal), address);
        }
    }

    [Fact]
    public async Task A_right_to_read_that_is_given_by_hand_opens_nothing_to_who_neither_writes_nor_reviews()
    {
        var (_, draft) = await Reviewed("police");
        var governed = city.Service<GovernedReader>();
        var archivist = Town.Staff("archivist") with { Permissions = new HashSet<string>(["disclosure.draft.read", "disclosure.draft.clear", "disclosure.draft.export"], StringComparer.Ordinal) };
        Assert.Null(governed.AccessOf(archivist, DisclosureResources.Draft));
        var writer = archivist with { Permissions = new HashSet<string>(["disclosure.draft.read", DisclosureSystem.Write], StringComparer.Ordinal) };
        Assert.NotNull(await governed.Get(new(writer, DisclosureResources.Draft), draft, null, Cancel));
        Assert.Null(await governed.Get(new(writer with { Office = "health" }, DisclosureResources.Draft), draft, null, Cancel));
        Assert.Empty(await governed.History(new(writer with { Office = "health" }, DisclosureResources.Draft), draft, Cancel));

        // An office's program has no such work.
        var program = archivist with { Kind = CallerKind.Client };
        Assert.Null(governed.AccessOf(program, DisclosureResources.Draft));
    }

    /// <summary>A draft of the office with a file, reviewed and not published; words that stand in all of them.</summary>
    private async Task<(string Mark, string Draft)> Reviewed(string office)
    {
        await IdentityPeople.Offices(city);
        var mark = "未公开" + Guid.NewGuid().ToString("N")[..10];
        var author = Town.Staff(Roles.Clerk, office);
        var draft = await Town.Write(DisclosureTown.Words(mark) with { Body = mark + "的正文。" }, author);
        using var content = new MemoryStream("附件"u8.ToArray());
        var stored = (await city.Service<RecordFiles>().Save("file", mark + ".txt", content, content.Length, author, Cancel)).Value;
        var attached = await city.Service<DraftDesk>().Attach(author, draft, mark + ".txt", stored, Cancel);
        Assert.False(attached.Any, attached.ToString());
        await Town.Take(author, draft, new(DraftStep.Submit) { Opinion = mark });
        await Town.Take(Town.Staff(Roles.Head, office), draft, new(DraftStep.Pass) { Secrecy = DraftRules.Clear, Opinion = mark });
        return (mark, draft);
    }

    private async Task<IReadOnlyList<string>> Doors(string draft)
    {
        await city.Service<AuditLog>().Placed("disclosure");
        var doors = new List<string>
        {
            $"/records/disclosure.draft/{draft}", $"/records/disclosure.draft/{draft}/history", $"/api/collections/disclosure.draft/items/{draft}",
            $"/api/collections/disclosure.draft/items/{draft}?asOf={Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"))}",
        };
        foreach (var resource in new[] { "disclosure.draft", "disclosure.draft-file", "disclosure.review" })
        {
            doors.Add($"/records/{resource}?pageSize=200{(resource == "disclosure.review" ? "&showColumns=step&showColumns=opinion" : "")}");
            doors.AddRange(new[] { "json", "csv", "html" }.Select(form => $"/api/collections/{resource}/items?limit=1000&f={form}"));
            doors.Add($"/api/collections/{resource}/changes?limit=1000");
        }

        return doors;
    }

    private async Task<IdentityBrowser> SignedIn(string office, string role)
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }
}
