using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.Governance.Disclosure;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What people ask for and say: requests for disclosure, answers to a consultation, feedback.</summary>
public sealed partial class DisclosureAsked(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DisclosureTown Town => new(city);

    [Fact]
    public async Task A_resident_asks_one_question_at_a_time_and_finds_the_answer_in_his_own_space()
    {
        var login = await IdentityPeople.Person(city);
        using var resident = new IdentityBrowser(city.Address);
        await resident.SignIn(login.Login, login.Password);
        await resident.Get("/disclosure/requests");
        Assert.Contains("开始填写", resident.Page, StringComparison.Ordinal);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = "information",
            ["features"] = "小区改造工程的设计方案",
            ["form"] = "electronic",
            ["way"] = "online",
            ["help"] = "",
        };
        var begun = await resident.Post("/cases/new", ("type", RequestType.Code));
        var draft = begun.Headers.Location!.OriginalString;
        var next = (await resident.Get(draft)).Headers.Location!.OriginalString;
        await resident.Get(next);
        next = (await resident.Post(next, ("_phone", "13800138000"), ("_email", ""))).Headers.Location!.OriginalString;
        for (var i = 0; i < answers.Count && next.Contains("/questions/", StringComparison.Ordinal); i++)
        {
            var name = next[(next.LastIndexOf('/') + 1)..];
            await resident.Get(next);
            next = (await resident.Post(next, (name, answers[name]))).Headers.Location!.OriginalString;
        }

        Assert.EndsWith("/check", next, StringComparison.Ordinal);
        await resident.Get(next);
        var submitted = (await resident.Post(next)).Headers.Location!.OriginalString;
        var number = Number().Match(submitted).Value;
        await resident.Get("/me/cases/" + number);
        Assert.Contains("答复时限", resident.Page, StringComparison.Ordinal);

        var clerk = Town.Staff(Roles.Clerk, OfficeCode.City);
        await Take(clerk, number, new("register"));
        Assert.Equal("G3-Q01", Assert.Single((await city.Service<CaseDesk>().Take(
            clerk, number, new("ask-third") { Opinion = "请答复", Document = "函1号", Length = 16 }, null, Cancel)).Refusals).Code);
        await Take(clerk, number, new("ask-third") { Opinion = "请答复", Document = "函1号", Length = 15 });
        await Take(clerk, number, new("reply") { Opinion = "同意公开" });
        Assert.Equal("G3-Q02", Assert.Single((await city.Service<CaseDesk>().Take(clerk, number, new("answer-corrected") { Opinion = "已更正" }, null, Cancel)).Refusals).Code);
        Assert.Equal(
            ["CASE-R07", "CASE-R08", "CASE-R09"],
            (await city.Service<CaseDesk>().Take(clerk, number, new("answer-withheld"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        await Take(clerk, number, new("answer-disclosed") { Opinion = "予以公开，见附件", Document = "答复1号" });
        await resident.Get("/me/cases/" + number);
        Assert.Contains("予以公开", resident.Page, StringComparison.Ordinal);
        var figures = await new RequestRegister(city.Db, city.Service<TimeProvider>()).Of(city.Service<TimeProvider>().Today().Year, Cancel);
        Assert.True(figures.Balanced);
        Assert.True(figures.Results["disclosed"] >= 1);
    }

    [Fact]
    public async Task A_correction_is_asked_for_once_and_the_answer_period_begins_anew()
    {
        await IdentityPeople.Offices(city);
        var resident = DisclosureTown.Resident();
        var clerk = Town.Staff(Roles.Clerk, OfficeCode.City);
        var number = (await city.Service<CaseDesk>().Open(resident, Request(resident, "某工程的资料"), null, Cancel)).Value.Number;
        await Take(clerk, number, new("ask-correction") { Opinion = "请写明工程名称", Until = city.Service<TimeProvider>().Today().AddDays(15) });
        var file = (await city.Service<CaseReader>().Get(clerk, number, Cancel))!;
        Assert.All(file.Clocks, clock => Assert.NotNull(clock.Facts.Ended));
        await Take(resident, number, new("correct") { Answers = Request(resident, "市民中心工程的竣工资料").Answers });
        file = (await city.Service<CaseReader>().Get(clerk, number, Cancel))!;
        Assert.Equal(RequestType.Answer, Assert.Single(file.Clocks, clock => clock.Facts.Ended is null).Facts.Rule.Code);
        Assert.NotNull(file.Case.AcceptedAt);
        Assert.Equal("CASE-R02", (await city.Service<CaseDesk>().Take(
            clerk, number, new("ask-correction") { Opinion = "还请写明年份", Until = city.Service<TimeProvider>().Today().AddDays(15) }, null, Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_consultation_ends_with_a_published_word_on_every_answer()
    {
        var desk = city.Service<ConsultationDesk>();
        var today = city.Service<TimeProvider>().Today();
        var document = await Town.Publish(DisclosureTown.Words("停车办法（征求意见稿）", "draft"));
        var notice = await Town.Publish(DisclosureTown.Words("一般通知"));
        var officer = Town.Staff(Roles.InformationOfficer);
        Assert.Equal("G3-C01", Assert.Single((await desk.Begin(officer, notice, today.AddDays(30), null, Cancel)).Refusals).Code);
        Assert.Equal("G3-C02", Assert.Single((await desk.Begin(officer, document, today.AddDays(1), null, Cancel)).Refusals).Code);
        Assert.True((await desk.Begin(officer, document, today.AddDays(30), null, Cancel)).Ok);
        Assert.Equal("G3-C04", Assert.Single(await desk.Answer(officer, document, "好", null, Cancel)).Code);

        var login = await IdentityPeople.Person(city);
        using var resident = new IdentityBrowser(city.Address);
        await resident.Get("/disclosure/consultations/" + document);
        Assert.Contains("登录后", resident.Page, StringComparison.Ordinal);
        await resident.SignIn(login.Login, login.Password);
        await resident.Get("/disclosure/consultations/" + document);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await resident.Post("/disclosure/consultations/" + document, ("words", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await resident.Post("/disclosure/consultations/" + document, ("words", "请写明开放时间"), ("_once", "a"))).StatusCode);
        await resident.Get("/disclosure/consultations/" + document);
        Assert.Equal(HttpStatusCode.SeeOther, (await resident.Post("/disclosure/consultations/" + document, ("words", "请写明开放时间"), ("_once", "a"))).StatusCode);

        var of = (await desk.Get(document, Cancel))!;
        Assert.Empty(await desk.Answers(Town.Staff(Roles.InformationOfficer, "health"), of, Cancel));
        var answer = Assert.Single(await desk.Answers(officer, of, Cancel));
        var outcome = await Town.Publish(DisclosureTown.Words("停车办法意见采纳情况", "outcome"));
        Assert.Equal(["G3-C08", "G3-C09"], (await desk.Finish(officer, document, outcome, Cancel)).Select(refusal => refusal.Code));
        Assert.Equal("G3-C06", Assert.Single(await desk.Handle(Town.Staff(Roles.InformationOfficer, "health"), document, answer.Key, "adopted", "写明", Cancel)).Code);
        Assert.False((await desk.Handle(officer, document, answer.Key, "adopted", "第三条写明", Cancel)).Any);

        var later = new ConsultationDesk(city.Store, city.Reader, city.Service<GovernedReader>(), new SetTime(new DateTimeOffset(today.AddDays(40).ToDateTime(TimeOnly.MinValue), CityTime.Offset)));
        Assert.Equal("G3-C03", Assert.Single(await later.Answer(DisclosureTown.Resident(), document, "晚了", null, Cancel)).Code);
        Assert.Equal("G3-C10", Assert.Single(await later.Finish(officer, document, notice, Cancel)).Code);
        Assert.False((await later.Finish(officer, document, outcome, Cancel)).Any);
        await resident.Get("/disclosure/consultations/" + document);
        Assert.Contains("收到意见 1 条，采纳或者部分采纳 1 条", resident.Page, StringComparison.Ordinal);
        Assert.Equal("G3-C06", Assert.Single(await later.Handle(officer, document, answer.Key, "not", "不采纳", Cancel)).Code);
    }

    [Fact]
    public async Task Whoever_wrote_any_of_it_reviews_none_of_it()
    {
        await IdentityPeople.Offices(city);
        var (first, second) = (Town.Staff(Roles.Head), Town.Staff(Roles.Head));
        var draft = await Town.Write(DisclosureTown.Words("轮流修改的文件"), first);
        await Town.Take(first, draft, new(DraftStep.Submit));
        await Town.Take(second, draft, new(DraftStep.Return) { Opinion = "请补充" });
        var cover = (await city.Service<DraftReader>().File(second, draft, Cancel))!;
        Assert.False((await city.Service<DraftDesk>().Change(second, draft, cover.Version, DisclosureTown.Words("轮流修改的文件（改）"), Cancel)).Any);
        await Town.Take(second, draft, new(DraftStep.Submit));
        foreach (var writer in new[] { first, second })
        {
            Assert.Equal("G3-R03", Assert.Single((await city.Service<DraftDesk>().Take(writer, draft, new(DraftStep.Pass) { Secrecy = DraftRules.Clear }, Cancel)).Refusals).Code);
        }

        await Town.Take(Town.Staff(Roles.Head), draft, new(DraftStep.Pass) { Secrecy = DraftRules.Clear });
    }

    private static OpenRequest Request(Caller who, string features) => new(
        RequestType.Code,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "information", ["features"] = features, ["form"] = "paper", ["way"] = "pick-up" })
    {
        Person = who.Person,
        PersonName = who.Name,
        Phone = "13800138000",
    };

    private async Task Take(Caller who, string number, StepRequest request)
    {
        var taken = await city.Service<CaseDesk>().Take(who, number, request, null, Cancel);
        Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
    }

    [GeneratedRegex("[0-9]{12,}(?:-[0-9]+)*")]
    private static partial Regex Number();
}
