using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// Something true to life for a demo city: documents of its offices in every state, a consultation with answers,
/// requests at every point of their way. All of it comes through the doors that people use, by the people whose work
/// it is. Begun again after a stop it makes only what is missing.
/// </summary>
public sealed class DisclosureSeed(
    DraftDesk desk, DraftReader drafts, RecordFiles files, ConsultationDesk consultations, CaseDesk cases, CaseReader caseReader,
    Accounts accounts, Offices offices, Permissions permissions, TimeProvider time)
{
    private const int Residents = 8;

    public async Task Run(CancellationToken cancel = default)
    {
        var plan = JsonSerializer.Deserialize<Planned[]>(Resource.Text(typeof(DisclosureSeed).Assembly, "Governance/Disclosure/Demo/Data/documents.json"), JsonSerializerOptions.Web)!;
        for (var i = 0; i < plan.Length; i++)
        {
            if (offices.Find(plan[i].Office) is not null)
            {
                await Make(plan[i], $"demo:disclosure:{i}", cancel);
            }
        }

        await Ask(cancel);
        await Request(cancel);
    }

    private async Task Make(Planned planned, string once, CancellationToken cancel)
    {
        if (await Staff(planned.Office, Roles.Clerk, cancel) is not { } author || await Staff(planned.Office, Roles.Head, cancel) is not { } head
            || await Staff(planned.Office, Roles.InformationOfficer, cancel) is not { } officer)
        {
            return;
        }

        var office = offices.NameOf(planned.Office);
        var words = new DraftWords(planned.Title, planned.Summary, planned.Class, planned.Genre, time.Today().AddDays(-planned.Days), planned.Attribute, planned.Body + "\n" + office)
        {
            DocumentNumber = planned.Number is null ? null : planned.Office switch { OfficeCode.City => "政", _ => "部门" } + planned.Number,
            Basis = planned.Basis,
            Keywords = planned.Keywords,
        };
        var key = (await desk.Begin(author, words, once, cancel)).Value;
        var cover = (await drafts.File(author, key, cancel))!;
        if (cover.Draft.State == DraftState.Writing && cover.Files.Count == 0 && planned.File is { } name)
        {
            var bytes = Encoding.UTF8.GetBytes(Table(planned, name));
            using var content = new MemoryStream(bytes);
            var address = (await files.Save("file", name.TrimStart('!'), content, bytes.Length, author, cancel)).Value;
            await desk.Attach(author, key, name.TrimStart('!'), address, cancel);
        }

        string[] way = [DraftState.Writing, DraftState.Department, DraftState.Office, DraftState.Published, DraftState.Withdrawn];
        var wanted = planned.State == DraftState.Kept ? 3 : Array.IndexOf(way, planned.State);
        for (var at = Array.IndexOf(way, cover.Draft.State); at >= 0 && at < wanted; at++)
        {
            var (who, request) = at switch
            {
                0 => (author, new DraftRequest(DraftStep.Submit)),
                1 => (head, new DraftRequest(DraftStep.Pass) { Secrecy = DraftRules.Clear, Opinion = "内容属实，同意。", Word = "提示处已经核对。" }),
                2 when planned.State == DraftState.Kept => (officer, new DraftRequest(DraftStep.Keep) { AssessOn = time.Today().AddYears(1), Opinion = "依据充分，予以登记。" }),
                2 => (officer, new DraftRequest(DraftStep.Publish) { Opinion = "符合公开要求。", Word = "提示处已经核对。" }),
                _ => (officer, new DraftRequest(DraftStep.Withdraw) { Opinion = planned.Note }),
            };
            _ = (await desk.Take(who, key, request, cancel)).Value;
        }
    }

    // A name that begins with a mark holds a number that must not go out: the author is to see what the check says.
    private string Table(Planned planned, string name) => name.StartsWith('!')
        ? $"序号,姓名,身份证号,金额\n1,张某,{CitizenNumber.Compose("411197", new DateOnly(1971, 2, 3), 981)},800\n2,李某,见存档,1200\n"
        : $"序号,名称,单位,备注\n1,{planned.Title},{offices.NameOf(planned.Office)},{planned.Summary}\n2,更新日期,{offices.NameOf(planned.Office)},{time.Today().AddDays(-planned.Days).InWords()}\n";

    private async Task Ask(CancellationToken cancel)
    {
        if (await Staff(OfficeCode.City, Roles.InformationOfficer, cancel) is not { } officer)
        {
            return;
        }

        var (published, _) = await drafts.List(officer, DraftState.Published, null, cancel);
        if (published.FirstOrDefault(draft => draft.Genre == "draft")?.Document is not { } document)
        {
            return;
        }

        if (await consultations.Get(document, cancel) is null)
        {
            _ = (await consultations.Begin(officer, document, time.Today().AddDays(30), "demo:consultation", cancel)).Value;
        }

        string[] words =
        [
            "医院周边的公共停车场应当延长免费时段，方便病人家属。", "希望写明机关停车场开放的具体时间。", "充电设施的比例建议提高，老小区也要考虑。",
            "建议停车场公示空余车位数。",
        ];
        for (var i = 0; i < words.Length; i++)
        {
            if (await Resident(i + 1, cancel) is { } resident)
            {
                _ = await consultations.Answer(resident, document, words[i], $"demo:answer:{i}", cancel);
            }
        }
    }

    private async Task Request(CancellationToken cancel)
    {
        string[] wanted =
        [
            "本人所住小区改造工程的设计方案和中标单位", "上年度市级环境监测站的水质数据", "某路段交通事故多发点的整治计划", "学校食堂招标的评审结果",
            "征地补偿安置方案的批复", "公交线路调整的客流调查", "医院搬迁后原址的规划用途", "社区养老服务补贴的发放办法",
        ];
        StepRequest[][] ways =
        [
            [], [new("register")],
            [new("ask-correction") { Opinion = "请写明所需信息的名称或者文号，并说明具体的路段。", Until = time.Today().AddDays(15) }],
            [new("register"), new("answer-public") { Opinion = "该信息已经公开，请在公开目录“政府集中采购”栏目查看。" }],
            [new("register"), new("ask-third") { Opinion = "方案涉及第三方，请书面答复是否同意公开。", Document = "征求意见函〔2026〕3号", Length = 15 }],
            [new("register"), new("answer-disclosed") { Opinion = "予以公开，随本答复书附上。", Document = "公开答复〔2026〕6号" }],
            [new("register"), new("answer-other-organ") { Opinion = "请向自然资源和规划部门提出。", Reason = "该信息由自然资源和规划部门制作。", Document = "公开答复〔2026〕7号" }],
            [new("register"), new("answer-none") { Reason = "经检索档案和业务系统，没有制作或者保存该信息。", Document = "公开答复〔2026〕8号" }],
        ];
        if (await Staff(OfficeCode.City, Roles.Clerk, cancel) is not { } clerk)
        {
            return;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (await Resident((i % Residents) + 1, cancel) is not { } resident)
            {
                continue;
            }

            var answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "information", ["features"] = wanted[i], ["form"] = "electronic", ["way"] = "online" };
            var opened = await cases.Open(
                resident, new(RequestType.Code, answers) { Person = resident.Person, PersonName = resident.Name, Email = "resident@example.org" }, $"demo:request:{i}", cancel);
            for (var j = 0; j < ways[i].Length; j++)
            {
                if (await caseReader.Get(clerk, opened.Value.Number, cancel) is { } file && file.Events.Count == j + 1)
                {
                    _ = (await cases.Take(clerk, opened.Value.Number, ways[i][j] with { Expected = file.Version }, null, cancel)).Value;
                }
            }
        }
    }

    private async Task<Caller?> Staff(string office, string role, CancellationToken cancel) =>
        await accounts.FindLogin($"{office}.{role}", cancel) is not { } account ? null : new()
        {
            Id = account.Id,
            Name = account.Name,
            Kind = CallerKind.Staff,
            Office = office,
            OfficeName = offices.NameOf(office),
            Role = role,
            Permissions = permissions.Of(role, office),
        };

    private async Task<Caller?> Resident(int number, CancellationToken cancel) =>
        await accounts.FindLogin(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"resident{number}"), cancel) is not { Person: { } person } account ? null : new()
        {
            Id = account.Id,
            Name = account.Name,
            Kind = CallerKind.Resident,
            Role = Roles.Resident,
            Person = person,
        };

    private sealed record Planned(
        string Office, [property: JsonPropertyName("class")] string Class, string Genre, string Title, string Summary, string Body, int Days, string State, string Attribute)
    {
        public string? Number { get; init; }

        public string? Basis { get; init; }

        public string? Keywords { get; init; }

        public string? File { get; init; }

        public string? Note { get; init; }
    }
}
