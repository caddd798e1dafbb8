namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Questions that several kinds of events ask.</summary>
internal static class Ask
{
    public static readonly Question Person = new("person", "当事人", AnswerKind.Person);
    public static readonly Question Date = new("date", "发生日期", AnswerKind.Date);
    public static readonly Question Household = new("household", "落户的户", AnswerKind.Household);
    public static readonly Question Relation = new("relation", "与户主关系", AnswerKind.Choice) { Codes = "family-relation" };
    public static readonly Question Village = new("village", "村（社区）代码", AnswerKind.Village) { Hint = Text.VillageHint };
    public static readonly Question Address = new("address", "详细地址", AnswerKind.Text);
    public static readonly Question NewHead = new Question("new_head", "新户主", AnswerKind.Person).Optional(Text.NewHeadHint);
    public static readonly Question Members = new Question("members", "一并办理的成员", AnswerKind.Persons).Optional(Text.MembersHint);
    public static readonly Question Number = new("citizen_number", "公民身份号码", AnswerKind.Text);
    public static readonly Question Documents = new Question(EntryFields.Documents, "证明材料", AnswerKind.LongText).Optional(Text.DocumentsHint);
    public static readonly Question Certificate = new("certificate", "证件编号", AnswerKind.Text);

    public static IReadOnlyList<Question> Of(params Question[] questions) => [.. questions, Documents];
}
