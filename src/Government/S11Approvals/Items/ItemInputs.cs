using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Items;

/// <summary>A page of the editor.</summary>
internal sealed record ItemSection(string Code, string Label, string Lead, IReadOnlyList<Input<ServiceItem>> Inputs);

/// <summary>Everything that is written down of an item, page by page.</summary>
internal static class ItemInputs
{
    private static readonly IReadOnlyList<Choice> Units = [new("working-days", "工作日"), new("calendar-days", "自然日"), new("hours", "小时")];

    private static readonly IReadOnlyList<Input<ServiceItem>> Basics =
    [
        Inputs.Text<ServiceItem>("name", "事项名称", item => item.Name, (item, text) => item with { Name = text }, 100),
        Inputs.Code<ServiceItem, ItemKind>("kind", "事项类型", ItemCodes.Kinds, item => item.Kind, (item, code) => item with { Kind = code }),
        Inputs.Code<ServiceItem, FlowKind>("flow", "办件类型", ItemCodes.Flows, item => item.Flow, (item, code) => item with { Flow = code }) with
        {
            Hint = "即办件当场决定；承诺件经审查、审批；联办件有多个单位参加；告知承诺件先准予、后核查",
        },
        Inputs.Long<ServiceItem>("summary", "一句话说明", item => item.Summary, (item, text) => item with { Summary = text }, 500) with
        {
            Hint = "什么时候需要办，写给不了解的人看", Rows = 2, Optional = true,
        },
        Inputs.Code<ServiceItem, Applicants>("applicants", "服务对象", ItemCodes.Objects, item => item.Applicants, (item, code) => item with { Applicants = code }),
        Inputs.Code<ServiceItem, Wards>("wards", "父母代未成年子女申请", ItemCodes.Wards, item => item.Wards, (item, code) => item with { Wards = code }) with
        {
            Hint = "选择后，网上申请先问“为谁办理”，与人口库核对父母子女关系（民法典第二十三条、第二十七条）", Optional = true,
        },
        Inputs.Code<ServiceItem, ItemLevel>("level", "行使层级", ItemCodes.Levels, item => item.Level, (item, code) => item with { Level = code }),
        Inputs.List<ServiceItem>("joint_offices", "共同实施单位", item => item.JointOffices, (item, lines) => item with { JointOffices = lines }) with
        {
            Kind = FieldKind.Checkboxes, From = "offices", Optional = true,
        },
        Inputs.Text<ServiceItem>("basic_code", "基本编码", item => item.BasicCode ?? "", (item, text) => item with { BasicCode = Or(text) }, 50) with { Optional = true, Width = "medium" },
        Inputs.Text<ServiceItem>("implementation_code", "实施编码", item => item.ImplementationCode ?? "", (item, text) => item with { ImplementationCode = Or(text) }, 50) with { Optional = true, Width = "medium" },
        Inputs.Text<ServiceItem>("quota", "数量限制", item => item.Quota, (item, text) => item with { Quota = text }) with { Optional = true, Hint = "没有限制的不填" },
        Inputs.List<ServiceItem>("words", "俗称", item => item.Words, (item, lines) => item with { Words = [.. lines.SelectMany(Inputs.Values)] }) with
        {
            Hint = "群众怎么叫它，每行一个，便于查找", Optional = true,
        },
    ];

    private static readonly IReadOnlyList<Input<ServiceItem>> Law =
    [
        new("bases", "设定依据", FieldKind.LongText, item => string.Join('\n', item.Bases), Bases) { Hint = "每行一条，写作《名称》条款，如《食品安全法》第三十五条", Rows = 4 },
        Inputs.List<ServiceItem>("conditions", "受理条件", item => item.Conditions, (item, lines) => item with { Conditions = lines }) with { Hint = "每行一条，不写“其他条件”", Rows = 6 },
    ];

    private static readonly Basis FirstReviewed = new("行政许可法", "第四十三条");

    private static readonly IReadOnlyList<Input<ServiceItem>> Limits =
    [
        Inputs.Number<ServiceItem>("legal", "法定办结时限", item => item.Legal?.Length, (item, number) => item with { Legal = LegalOf(item) with { Length = number ?? 0 } }),
        new("legal_unit", "法定时限的单位", FieldKind.Radios, item => ItemCodes.CodeOf(LegalOf(item).Unit), (item, text) =>
            Unit(text) is { } unit ? item with { Legal = LegalOf(item) with { Unit = unit } } : Inputs.Refuse<ServiceItem>("legal_unit", Text.NotOffered("法定时限的单位", text))) { Choices = Units },
        Inputs.Basis<ServiceItem>("legal_basis", "法定时限的依据", item => item.Legal?.Basis, (item, basis) => item with { Legal = LegalOf(item) with { Basis = basis } }),
        Inputs.Number<ServiceItem>("promised", "承诺办结时限", item => item.Promised?.Length, (item, number) =>
            item with { Promised = number is { } length ? (item.Promised ?? new(0, LegalOf(item).Unit)) with { Length = length } : null }) with
        {
            Optional = true, Hint = "不得长于法定时限；即办件不填，视为当场办结",
        },
        new("promised_unit", "承诺时限的单位", FieldKind.Radios, item => ItemCodes.CodeOf((item.Promised ?? LegalOf(item)).Unit), (item, text) =>
            text.Length > 0 && Unit(text) is null ? Inputs.Refuse<ServiceItem>("promised_unit", Text.NotOffered("承诺时限的单位", text))
            : item.Promised is { } promised && Unit(text) is { } unit ? item with { Promised = promised with { Unit = unit } } : item) { Choices = Units },
        Stage("review_days", "审查环节时限", ItemStages.Review),
        Stage("approval_days", "审批环节时限", ItemStages.Approval),
        Inputs.Number<ServiceItem>("correction_days", "补正期限", item => item.CorrectionDays, (item, number) => item with { CorrectionDays = number ?? 30 }) with { Unit = "日", Hint = "申请人逾期没有补正的，办件结束" },
        Inputs.Number<ServiceItem>("first_review_days", "初审时限", item => item.FirstReview?.Days, (item, number) =>
            item with { FirstReview = number is { } days ? (item.FirstReview ?? new("district", 0, FirstReviewed)) with { Days = days } : null }) with
        {
            Optional = true, Unit = "个工作日", Hint = "先由下级机关审查、再报本单位决定的填写，并在问题中列出可以受理的下级机关",
        },
        Inputs.Text<ServiceItem>("first_review_question", "选择下级机关的问题", item => item.FirstReview?.Question ?? "", (item, text) =>
            item.FirstReview is { } first && text.Length > 0 ? item with { FirstReview = first with { Question = text } } : item, 40) with
        {
            Optional = true, Width = "medium", Hint = "问题的名称；选项的代码是机构代码",
        },
        Inputs.YesNo<ServiceItem>("checks_substance", "核实实质内容", item => item.ChecksSubstance, (item, yes) => item with { ChecksSubstance = yes }) with { Hint = "需要的，应当指派两名以上工作人员（行政许可法第三十四条）" },
        Inputs.YesNo<ServiceItem>("site_visit", "现场核查", item => item.SiteVisit, (item, yes) => item with { SiteVisit = yes }) with { Hint = "所需时间计入办理时限" },
        Inputs.Number<ServiceItem>("notice_days", "作出决定前的公示期", item => item.PublicNotice?.Length, (item, number) =>
            item with { PublicNotice = number is { } days ? (item.PublicNotice ?? new(0, ClockUnit.CalendarDays, new("", ""))) with { Length = days } : null }) with
        {
            Optional = true, Hint = "依法应当先公示、后决定的填写；公示时间计入办理时限",
        },
        new("notice_unit", "公示期的单位", FieldKind.Radios, item => item.PublicNotice is { } notice ? ItemCodes.CodeOf(notice.Unit) : "", (item, text) =>
            text.Length > 0 && Unit(text) is null ? Inputs.Refuse<ServiceItem>("notice_unit", Text.NotOffered("公示期的单位", text))
            : item.PublicNotice is { } notice && Unit(text) is { } unit ? item with { PublicNotice = notice with { Unit = unit } } : item) { Choices = Units, Optional = true },
        Inputs.Basis<ServiceItem>("notice_basis", "公示的依据", item => item.PublicNotice is { Basis.Act.Length: > 0 } notice ? notice.Basis : null, (item, basis) =>
            item.PublicNotice is { } notice && basis is not null ? item with { PublicNotice = notice with { Basis = basis } } : item) with { Optional = true },
        Inputs.Codes<ServiceItem>(
            "specials", "特别程序", [.. SuspensionKinds.OfLicensing.Select(code => new Choice(code, SuspensionKinds.Find(code)!.Label))],
            item => item.Specials, (item, codes) => item with { Specials = codes }) with { Optional = true, Hint = "所需时间依法不计入办理时限（行政许可法第四十五条）" },
        Inputs.Number<ServiceItem>("extension_days", "可以延长的天数", item => item.Extension?.Length, (item, number) =>
            item with { Extension = number is { } days ? (item.Extension ?? new(0, "本行政机关负责人", ItemLaw.Limit)) with { Length = days } : null }) with { Optional = true, Hint = "不能延长的不填" },
        Inputs.Text<ServiceItem>("extension_approver", "延长的批准人", item => item.Extension?.Approver ?? "", (item, text) =>
            item.Extension is { } extension && text.Length > 0 ? item with { Extension = extension with { Approver = text } } : item, 40) with { Optional = true, Width = "medium" },
        Inputs.Basis<ServiceItem>("extension_basis", "延长的依据", item => item.Extension?.Basis, (item, basis) =>
            item.Extension is { } extension && basis is not null ? item with { Extension = extension with { Basis = basis } } : item) with { Optional = true },
        Inputs.Long<ServiceItem>("commitment_words", "告知承诺的内容", item => item.Commitment?.Words ?? "", (item, text) =>
            item with { Commitment = text.Length > 0 ? (item.Commitment ?? new("", 60, new("优化营商环境条例", "第十九条"))) with { Words = text } : null }) with { Optional = true, Hint = "只有告知承诺件填写" },
        Inputs.Number<ServiceItem>("commitment_days", "事后核查期限", item => item.Commitment?.CheckDays, (item, number) =>
            item.Commitment is { } commitment && number is { } days ? item with { Commitment = commitment with { CheckDays = days } } : item) with { Optional = true, Unit = "日" },
        Inputs.Basis<ServiceItem>("commitment_basis", "告知承诺的依据", item => item.Commitment?.Basis, (item, basis) =>
            item.Commitment is { } commitment && basis is not null ? item with { Commitment = commitment with { Basis = basis } } : item) with { Optional = true },
    ];

    private static readonly IReadOnlyList<Input<ServiceItem>> Result =
    [
        Inputs.Text<ServiceItem>("result", "办理结果", item => item.Result?.Name ?? "", (item, text) => item with { Result = ResultOf(item) with { Name = text } }, 100) with { Hint = "证照、证明、文书的名称" },
        Inputs.Code<ServiceItem, ResultKind>("result_kind", "结果类型", ItemCodes.Results, item => ResultOf(item).Kind, (item, code) => item with { Result = ResultOf(item) with { Kind = code } }),
        Inputs.Number<ServiceItem>("result_years", "有效期", item => item.Result?.ValidYears, (item, number) => item with { Result = ResultOf(item) with { ValidYears = number } }) with { Optional = true, Unit = "年", Hint = "长期有效的不填" },
        Inputs.YesNo<ServiceItem>("result_open", "结果向社会公开", item => ResultOf(item).Open, (item, yes) => item with { Result = ResultOf(item) with { Open = yes } }) with { Hint = "行政许可决定应当公开（行政许可法第四十条）；涉及个人隐私的除外" },
        new("result_fields", "证照上载明的内容", FieldKind.LongText, item => string.Join('\n', (item.Result?.Fields ?? []).Select(name => LabelOf(item, name))), ResultFields)
        {
            Hint = "每行一个题目；不填的，载明名称、地址、范围、面积等许可内容。联系方式和证件号码不会载明", Optional = true, Rows = 2,
        },
        Inputs.Text<ServiceItem>("result_renews", "延续哪一事项的证照", item => item.Result?.Renews ?? "", (item, text) => item with { Result = ResultOf(item) with { Renews = Or(text) } }, 51) with
        {
            Hint = "事项编码；准予后延长原证照的有效期，不另发新证", Optional = true, Width = "medium",
        },
        Inputs.Text<ServiceItem>("result_changes", "变更哪一事项的证照", item => item.Result?.Changes ?? "", (item, text) => item with { Result = ResultOf(item) with { Changes = Or(text) } }, 51) with
        {
            Hint = "事项编码；准予后换发原证照，有效期不变", Optional = true, Width = "medium",
        },
        Inputs.List<ServiceItem>("fees", "收费项目", item => [.. item.Fees.Select(fee => fee.Code)], (item, lines) => item with
        {
            Fees = [.. lines.SelectMany(Inputs.Values).Select(code => item.Fees.FirstOrDefault(fee => fee.Code == code) ?? new ItemFee(code))],
        }) with { Kind = FieldKind.Checkboxes, From = "fees", Optional = true, Hint = "只能选择已公布的收费项目；不收费的不选" },
        new("fee_conditions", "收费的适用条件", FieldKind.LongText, item => string.Join('\n', item.Fees.Where(fee => fee.When is not null).Select(fee => FeeLine(item, fee))), FeeConditions)
        {
            Hint = "不是都收的，每行一条：收费编码、空格、题目：答案，如“PROPERTY-HOME 房屋用途：住宅”", Optional = true, Rows = 2,
        },
        new("fee_quantities", "收费的数量", FieldKind.LongText, item => string.Join('\n', item.Fees.Where(fee => fee.Quantity is not null).Select(fee => $"{fee.Code} {LabelOf(item, fee.Quantity!)}")), FeeQuantities)
        {
            Hint = "按份数、面积收的，每行一条：收费编码、空格、问数量的题目，如“POLICE-ID-RENEW 申领张数”；其余的按一件收", Optional = true, Rows = 2,
        },
        Inputs.List<ServiceItem>("fees_later", "先办后缴的收费", item => [.. item.Fees.Where(fee => fee.PaidLater).Select(fee => fee.Code)], (item, lines) => item with
        {
            Fees = [.. item.Fees.Select(fee => fee with { PaidLater = lines.SelectMany(Inputs.Values).Contains(fee.Code, StringComparer.Ordinal) })],
        }) with { Kind = FieldKind.Checkboxes, From = "fees", Optional = true, Hint = "勾选的，缴款前也可以领取结果；不勾选的，缴款后才能领取" },
        Inputs.List<ServiceItem>("fees_kept", "作出决定后不退的收费", item => [.. item.Fees.Where(fee => fee.Refund == FeeRefund.UnlessDecided).Select(fee => fee.Code)], (item, lines) => item with
        {
            Fees = [.. item.Fees.Select(fee => fee with { Refund = lines.SelectMany(Inputs.Values).Contains(fee.Code, StringComparer.Ordinal) ? FeeRefund.UnlessDecided : FeeRefund.UnlessGranted })],
        }) with { Kind = FieldKind.Checkboxes, From = "fees", Optional = true, Hint = "考试、检验一类为审查付出的费用可以勾选；不勾选的，没有办成就全额退付" },
    ];

    private static readonly IReadOnlyList<Input<ServiceItem>> Service =
    [
        Inputs.Codes<ServiceItem>("themes", "服务主题", Inputs.Of(ItemCodes.Themes), item => item.Themes, (item, codes) => item with { Themes = codes }),
        Inputs.Codes<ServiceItem>("ways", "办理形式", Inputs.Of(ItemCodes.Ways), item => [.. item.Ways.Select(ItemCodes.CodeOf)], (item, codes) =>
            item with { Ways = [.. codes.Select(code => ItemCodes.Read<ServiceWay>(ItemCodes.Ways, code)!.Value)] }),
        Inputs.Code<ServiceItem, Reach>("reach", "通办范围", ItemCodes.Reaches, item => item.Reach, (item, code) => item with { Reach = code }),
        Inputs.YesNo<ServiceItem>("appointment", "可以预约", item => item.Appointment, (item, yes) => item with { Appointment = yes }),
        Place("place_name", "办理地点", place => place.Name, (place, text) => place with { Name = text }),
        Place("place_address", "地址", place => place.Address, (place, text) => place with { Address = text }),
        Place("place_hours", "办理时间", place => place.Hours, (place, text) => place with { Hours = text }),
        Place("place_phone", "咨询电话", place => place.Phone, (place, text) => place with { Phone = text }) with { Width = "medium" },
        new("faq", "常见问题", FieldKind.LongText, item => string.Join('\n', item.CommonQuestions.Select(one => $"问：{one.Question}\n答：{one.Answer}")), CommonQuestions)
        {
            Hint = "“问：”一行、“答：”一行，成对填写", Rows = 6, Optional = true,
        },
    ];

    public static readonly IReadOnlyList<ItemSection> Sections =
    [
        new("basics", "基本信息", "事项叫什么、属于哪一类、谁可以申请。", Basics),
        new("law", "依据和条件", "没有依据不得设定事项，条件要写全。", Law),
        new("limits", "时限和程序", "法定时限、承诺时限、特别程序、延长、告知承诺。", Limits),
        new("result", "结果和收费", "办成以后拿到什么，收不收费。", Result),
        new("service", "服务方式", "在哪里办、怎么办、归入哪些主题。", Service),
    ];

    public static IEnumerable<Input<ServiceItem>> All => Sections.SelectMany(section => section.Inputs);

    private static TimeLimit LegalOf(ServiceItem item) => item.Legal ?? new(0, ClockUnit.WorkingDays);

    private static ItemResult ResultOf(ServiceItem item) => item.Result ?? new("", ResultKind.Licence);

    private static ClockUnit? Unit(string text) => text.Trim() switch
    {
        "working-days" or "工作日" or "个工作日" => ClockUnit.WorkingDays,
        "calendar-days" or "自然日" or "日" or "天" => ClockUnit.CalendarDays,
        "hours" or "小时" => ClockUnit.Hours,
        _ => null,
    };

    private static Input<ServiceItem> Stage(string name, string label, string stage) => Inputs.Number<ServiceItem>(
        name, label, item => item.StageLimits.FirstOrDefault(limit => limit.Stage == stage)?.Days,
        (item, number) => item with
        {
            StageLimits = [.. item.StageLimits.Where(limit => limit.Stage != stage), .. number is { } days ? [new StageLimit(stage, days)] : Array.Empty<StageLimit>()],
        }) with
    { Optional = true, Unit = "个工作日" };

    private static Input<ServiceItem> Place(string name, string label, Func<ServicePlace, string> get, Func<ServicePlace, string, ServicePlace> set) => Inputs.Text<ServiceItem>(
        name, label, item => item.Places.Count > 0 ? get(item.Places[0]) : "",
        (item, text) => item with { Places = [set(item.Places.Count > 0 ? item.Places[0] : new("", "", "", ""), text), .. item.Places.Skip(1)] });

    private static Outcome<ServiceItem> Bases(ServiceItem item, string text)
    {
        var lines = Inputs.Lines(text);
        var read = lines.Select(Inputs.ReadBasis).ToList();
        return read.FindIndex(basis => basis is null) is >= 0 and var at
            ? Inputs.Refuse<ServiceItem>("bases", Text.BasisLine(lines[at]))
            : item with { Bases = [.. read.OfType<Basis>()] };
    }

    private static Outcome<ServiceItem> CommonQuestions(ServiceItem item, string text)
    {
        var lines = Inputs.Lines(text);
        var pairs = lines.Chunk(2).ToList();
        return pairs.Any(pair => pair.Length < 2 || !pair[0].StartsWith("问：", StringComparison.Ordinal) || !pair[1].StartsWith("答：", StringComparison.Ordinal))
            ? Inputs.Refuse<ServiceItem>("faq", Text.PairsForm)
            : item with { CommonQuestions = [.. pairs.Select(pair => new CommonQuestion(pair[0][2..], pair[1][2..]))] };
    }

    private static string FeeLine(ServiceItem item, ItemFee fee)
    {
        var question = item.Questions.FirstOrDefault(one => one.Name == fee.When!.Question);
        return $"{fee.Code} {question?.Label ?? fee.When!.Question}：{string.Join('、', fee.When!.Values.Select(value => question?.Choices.FirstOrDefault(choice => choice.Value == value)?.Label ?? value))}";
    }

    private static Outcome<ServiceItem> FeeConditions(ServiceItem item, string text)
    {
        var conditions = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var line in Inputs.Lines(text))
        {
            var (gap, colon) = (line.IndexOf(' ', StringComparison.Ordinal), line.IndexOfAny(['：', ':']));
            var code = gap > 0 ? line[..gap] : "";
            var question = colon > gap ? item.Questions.FirstOrDefault(one => one.Label == line[(gap + 1)..colon].Trim()) : null;
            if (question is null || item.Fees.All(fee => fee.Code != code))
            {
                return Inputs.Refuse<ServiceItem>("fee_conditions", Text.FeeConditionLine(line));
            }

            conditions[code] = PartInputs.Coded(new(question.Name, Test.Is, Inputs.Values(line[(colon + 1)..])), item)!;
        }

        return item with { Fees = [.. item.Fees.Select(fee => fee with { When = conditions.GetValueOrDefault(fee.Code) })] };
    }

    private static string LabelOf(ServiceItem item, string name) => item.Questions.FirstOrDefault(question => question.Name == name)?.Label ?? name;

    private static Outcome<ServiceItem> ResultFields(ServiceItem item, string text)
    {
        var names = new List<string>();
        foreach (var line in Inputs.Lines(text))
        {
            if (item.Questions.FirstOrDefault(one => one.Label == line) is not { } question)
            {
                return Inputs.Refuse<ServiceItem>("result_fields", Text.NoSuchLabel(line));
            }

            names.Add(question.Name);
        }

        return item with { Result = ResultOf(item) with { Fields = names } };
    }

    private static Outcome<ServiceItem> FeeQuantities(ServiceItem item, string text)
    {
        var quantities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Inputs.Lines(text))
        {
            var gap = line.IndexOf(' ', StringComparison.Ordinal);
            var question = gap > 0 ? item.Questions.FirstOrDefault(one => one.Label == line[(gap + 1)..].Trim()) : null;
            if (question is null || item.Fees.All(fee => fee.Code != line[..gap]))
            {
                return Inputs.Refuse<ServiceItem>("fee_quantities", Text.FeeQuantityLine(line));
            }

            quantities[line[..gap]] = question.Name;
        }

        return item with { Fees = [.. item.Fees.Select(fee => fee with { Quantity = quantities.GetValueOrDefault(fee.Code) })] };
    }

    private static string? Or(string text) => text.Length > 0 ? text : null;
}

/// <summary>What is written down of a question and of a material.</summary>
internal static class PartInputs
{
    private static readonly IReadOnlyList<Choice> Types =
    [
        .. new FieldType[]
        {
            FieldTypes.Text, FieldTypes.LongText, FieldTypes.Integer, FieldTypes.Decimal, FieldTypes.Money, FieldTypes.Date, FieldTypes.YesNo, FieldTypes.Phone, FieldTypes.Email,
            FieldTypes.CitizenNumber, FieldTypes.CreditCode, FieldTypes.BankCard, FieldTypes.Plate,
        }.Select(type => new Choice(type.Name, type.Label)),
    ];

    private static readonly IReadOnlyList<Choice> Sources =
        [new("", "没有"), .. KnownSources.All.Select(source => new Choice(source.Code, $"{source.Label}（{source.Source}）"))];

    public static readonly IReadOnlyList<Input<ItemQuestion>> Question =
    [
        Inputs.Text<ItemQuestion>("label", "题目", question => question.Label, (question, text) => question with { Label = text }, 100),
        new("type", "回答的类型", FieldKind.Select, question => question.Type.Name, (question, text) =>
            Types.Any(type => type.Value == text) ? question with { Type = FieldTypes.Find(text)! } : Inputs.Refuse<ItemQuestion>("type", Text.NotOffered("回答的类型", text))) { Choices = Types, Width = "medium" },
        Inputs.List<ItemQuestion>(
            "choices", "选项", question => [.. question.Choices.Select(choice => $"{choice.Value} {choice.Label}")],
            (question, lines) => question with { Choices = [.. lines.Select(Choice)] }) with { Optional = true, Hint = "只能选答的填写，每行一个：代码、空格、选项；不写代码的自动编号" },
        Inputs.YesNo<ItemQuestion>("required", "必须回答", question => question.Required, (question, yes) => question with { Required = yes }),
        Inputs.Long<ItemQuestion>("note", "说明", question => question.Note, (question, text) => question with { Note = text }, 300) with { Optional = true, Rows = 2 },
        Known<ItemQuestion>(question => question.Known, (question, code) => question with { Known = code }),
        Inputs.Text<ItemQuestion>("min", "最小值", question => question.Min ?? "", (question, text) => question with { Min = text.Length > 0 ? text : null }, 20) with { Optional = true, Width = "short" },
        Inputs.Text<ItemQuestion>("max", "最大值", question => question.Max ?? "", (question, text) => question with { Max = text.Length > 0 ? text : null }, 20) with { Optional = true, Width = "short" },
        Inputs.Number<ItemQuestion>("length_max", "最多字数", question => question.LengthMax, (question, number) => question with { LengthMax = number }) with { Optional = true },
        .. When<ItemQuestion>(question => question.When, (question, when) => question with { When = when }),
    ];

    public static readonly IReadOnlyList<Input<ItemMaterial>> Material =
    [
        Inputs.Text<ItemMaterial>("name", "材料名称", material => material.Name, (material, text) => material with { Name = text }, 100),
        Inputs.Long<ItemMaterial>("note", "要求", material => material.Note, (material, text) => material with { Note = text }, 500) with { Optional = true, Rows = 2 },
        Inputs.Text<ItemMaterial>("issuer", "出具机构", material => material.Issuer, (material, text) => material with { Issuer = text }, 100) with { Optional = true, Hint = "申请人自己准备的不填" },
        Inputs.Number<ItemMaterial>("originals", "原件份数", material => material.Originals, (material, number) => material with { Originals = number ?? 0 }),
        Inputs.Number<ItemMaterial>("copies", "复印件份数", material => material.Copies, (material, number) => material with { Copies = number ?? 0 }),
        Inputs.YesNo<ItemMaterial>("required", "必须提交", material => material.Required, (material, yes) => material with { Required = yes }),
        Inputs.YesNo<ItemMaterial>("secondary", "可以容缺后补", material => material.Secondary, (material, yes) => material with { Secondary = yes }) with { Hint = "次要材料，申请人承诺后可以先受理" },
        Known<ItemMaterial>(material => material.Known, (material, code) => material with { Known = code }) with { Hint = "政府已有的不要求申请人提交" },
        Inputs.Long<ItemMaterial>("sample", "示例", material => material.Sample, (material, text) => material with { Sample = text }, 500) with { Optional = true, Rows = 2, Hint = "合格的材料是什么样的" },
        Inputs.Basis<ItemMaterial>("basis", "依据", material => material.Basis, (material, basis) => material with { Basis = basis }) with { Optional = true },
        .. When<ItemMaterial>(material => material.When, (material, when) => material with { When = when }),
    ];

    /// <summary>Answers that were written by their words become codes of the question that they answer.</summary>
    public static Condition? Coded(Condition? when, ServiceItem item) =>
        when is not null && item.Questions.FirstOrDefault(question => question.Name == when.Question) is { } question
            ? when with { Values = [.. when.Values.Select(value => question.Choices.FirstOrDefault(choice => choice.Label == value)?.Value ?? value)] }
            : when;

    private static AnswerChoice Choice(string line, int at)
    {
        var gap = line.IndexOfAny([' ', '\u3000', '\t']);
        return gap > 0 && line[..gap].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? new(line[..gap], line[(gap + 1)..].Trim())
            : new($"c{at + 1}", line);
    }

    private static Input<T> Known<T>(Func<T, string?> get, Func<T, string?, T> set) => new(
        "known", "数据来源", FieldKind.Select, of => get(of) ?? "", (of, text) =>
            text.Length == 0 || text == "没有" ? set(of, null)
            : KnownSources.All.FirstOrDefault(source => source.Code == text || source.Label == text) is { } source ? set(of, source.Code)
            : Inputs.Refuse<T>("known", Text.NotOffered("数据来源", text)))
    {
        Choices = Sources,
        Optional = true,
        Width = "medium",
    };

    private static IEnumerable<Input<T>> When<T>(Func<T, Condition?> get, Func<T, Condition?, T> set) =>
    [
        new("when_question", "只在回答了这个问题时需要", FieldKind.Select, of => get(of)?.Question ?? "", (of, text) =>
            set(of, text.Length > 0 ? (get(of) ?? Condition.Filled(text)) with { Question = text } : null)) { From = "questions", Optional = true, Width = "medium" },
        new("when_values", "并且回答是", FieldKind.Text, of => string.Join('、', get(of)?.Values ?? []), (of, text) =>
            get(of) is not { } when ? of
            : set(of, text.Length == 0 ? Condition.Filled(when.Question) with { And = when.And } : when with { Test = when.Test == Test.IsNot ? Test.IsNot : Test.Is, Values = Inputs.Values(text) }))
        {
            Optional = true, Hint = "选项的代码或者文字，多个用顿号隔开；不填表示只要回答了就需要",
        },
    ];
}
