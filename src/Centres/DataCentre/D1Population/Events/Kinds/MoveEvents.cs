namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// 市内移居: a household, or some of it, goes to another address in the city. Leaving and arriving are one entry, so
/// nobody is in transit (户口登记条例 art. 10, 13).
/// </summary>
public sealed class HouseholdMoveEvent : EventType
{
    public override string Kind => EventKind.HouseholdMove;

    public override string Lead => Text.HouseholdMoveLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "申报人（户内成员）" }, Ask.Date with { Label = "移居日期" }, Ask.Members,
        Ask.Village with { Label = "迁入村（社区）代码" }, Ask.Address with { Label = "迁入地址" },
        Ask.Household.Optional(Text.JoinHouseholdHint), Ask.NewHead);

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, HouseholdRules.MoversOfOneHousehold, HouseholdRules.MoversSince, HouseholdRules.ReallyMoves,
        HouseholdRules.MoveLeavesHead, EntryRules.HouseholdOpen, EntryRules.NotBeforeHousehold);

    /// <summary>Three days in the city, ten in villages; the longer one is never late.</summary>
    public override DateOnly? Deadline(Facts facts, EventForm form) =>
        form.Date.AddDays(Area.IsTownship(form.Text("village") ?? "") ? 10 : 3);

    public override string Apply(Facts facts, EventForm form)
    {
        var (go, stay) = HouseholdRules.Movers(facts, form);
        var old = facts.Households.Find(go[0].Household)!;
        var head = go.FirstOrDefault(member => member.Relation == Relation.Head) ?? go.First(member => member.Person == form.Person);
        var relations = go.ToDictionary(
            member => member.Person,
            member => member == head ? Relation.Head : Relations.After(head.Relation, member.Relation, facts.Person(member.Person)!.Sex),
            StringComparer.Ordinal);
        if (head.Relation == Relation.Head)
        {
            relations = go.ToDictionary(member => member.Person, member => member.Relation, StringComparer.Ordinal);
        }

        foreach (var member in go.OrderBy(member => member.Person == old.Head))
        {
            facts.Leave(member.Person, form.Date, Kind, stay.Count > 0 ? form.Text("new_head") : null);
        }

        var into = facts.Households.Find(form.Text("household")) ?? NewHousehold(facts, form, old.Kind);
        foreach (var member in go.OrderBy(member => relations[member.Person] != Relation.Head))
        {
            var known = facts.Households.Find(into.Key)!;
            var relation = form.Text("household") is null ? relations[member.Person] : Relation.OtherKin;
            facts.Join(member.Person, known, relation, form.Date, Kind);
            facts.Live(member.Person, into.Village, into.Address, form.Date, ResidenceGround.Registered);
        }

        return form.Person!;
    }

    internal static Household NewHousehold(Facts facts, EventForm form, string kind)
    {
        var household = new Household
        {
            Key = facts.NewKey(),
            Kind = kind,
            Village = form.Text("village")!,
            Address = form.Text("address")!,
            Established = form.Date,
        };
        facts.Households.Set(household);
        return household;
    }
}

/// <summary>迁出: the registration ends and a transfer certificate is given; until it is surrendered the person belongs
/// to no place (户口登记条例 art. 10).</summary>
public sealed class MoveOutEvent : EventType
{
    /// <summary>How long a transfer certificate is good for, in days.</summary>
    public const int CertificateDays = 30;

    public override string Kind => EventKind.MoveOut;

    public override string Lead => Text.MoveOutLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "迁出日期" }, new Question("destination", "迁往地", AnswerKind.Text),
        new Question("reason", "迁移原因", AnswerKind.Text), Ask.Certificate with { Label = "迁移证编号" }, Ask.NewHead);

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, EntryRules.NotBeforeRegistration, EntryRules.NotBeforeResidence, EntryRules.HeadHandsOver);

    public override string Apply(Facts facts, EventForm form)
    {
        var person = form.Person!;
        var spell = facts.MembershipOf(person)!;
        facts.Leave(person, form.Date, Kind, form.Text("new_head"));
        facts.Depart(person, form.Date);
        facts.Transfers.Set(new Transfer
        {
            Key = facts.NewKey(),
            Certificate = form.Text("certificate")!,
            Person = person,
            FromHousehold = spell.Household,
            FromVillage = spell.Village,
            Destination = form.Text("destination"),
            Reason = form.Text("reason"),
            Issued = form.Date,
            Expires = form.Date.AddDays(CertificateDays),
            State = TransferState.Open,
        });
        facts.Change(person, known => known with { State = PersonState.InTransit });
        return person;
    }
}

/// <summary>迁入: the certificate is surrendered and the person is registered again (户口登记条例 art. 13).</summary>
public sealed class MoveInEvent : EventType
{
    public override string Kind => EventKind.MoveIn;

    public override string Lead => Text.MoveInLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person.Optional(Text.ArrivalHint),
        new Question("name", "姓名", AnswerKind.Text).Optional(Text.OnlyArrivals),
        new Question("sex", "性别", AnswerKind.Choice) { Codes = "sex", Required = false, Hint = Text.OnlyArrivals },
        new Question("birth_date", "出生日期", AnswerKind.Date).Optional(Text.OnlyArrivals),
        Ask.Number.Optional(Text.OnlyArrivals),
        Ask.Date with { Label = "迁入日期" },
        Ask.Certificate with { Label = "迁移证编号" },
        Ask.Household.Optional(Text.OwnHouseholdHint), Ask.Relation.Optional(),
        Ask.Village.Optional(Text.OwnHouseholdHint), Ask.Address.Optional(Text.OwnHouseholdHint));

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.NotRegisteredElsewhere, HouseholdRules.CertificateSurrendered, HouseholdRules.ArrivesAfterIssue,
        EntryRules.NotBeforeResidence, EntryRules.HouseholdOpen, EntryRules.NotBeforeHousehold, EntryRules.OneHead,
        ArrivalRules.WhoArrives, ArrivalRules.WhereTo, BirthAndDeathRules.NumberSaysSame, ArrivalRules.BornBefore);

    public override DateOnly? Deadline(Facts facts, EventForm form)
    {
        var village = facts.Households.Find(form.Text("household"))?.Village ?? form.Text("village") ?? "";
        return facts.TransferOf(form.Person)?.Expires ?? form.Date.AddDays(Area.IsTownship(village) ? 10 : 3);
    }

    public override string Apply(Facts facts, EventForm form)
    {
        var person = form.Person ?? Arrivals.Enter(facts, form, PersonState.Normal);
        if (facts.TransferOf(person) is { } transfer)
        {
            facts.Transfers.Set(transfer with { State = TransferState.Surrendered, Surrendered = form.Date });
        }

        // Registered here, he needs no permit to live here.
        if (facts.PermitOf(person) is { } permit)
        {
            facts.Permits.Set(permit with { State = PermitState.Ended });
        }

        var household = facts.Households.Find(form.Text("household")) ?? HouseholdMoveEvent.NewHousehold(facts, form, HouseholdKind.Family);
        facts.Join(person, household, form.Text("household") is null ? Relation.Head : form.Text("relation") ?? Relation.OtherKin, form.Date, Kind);
        facts.Live(person, household.Village, household.Address, form.Date, ResidenceGround.Registered);
        return person;
    }
}

/// <summary>
/// 迁移证逾期未落户: the certificate ran out while its holder was registered nowhere. He stays nobody's until he is
/// registered again, and is told apart from those who are still on their way (户口登记条例 art. 10, 13).
/// </summary>
public sealed class TransferLapseEvent : EventType
{
    public override string Kind => EventKind.TransferLapse;

    public override string Lead => Text.TransferLapseLead;

    public override bool ComesWithADay => true;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(Ask.Person, Ask.Date);

    public override IReadOnlyList<Rule> Rules { get; } = [EntryRules.NotInFuture, HouseholdRules.CertificateLapsed];

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Transfers.Set(facts.TransferOf(form.Person)! with { State = TransferState.Expired });
        facts.Change(form.Person!, known => known.State == PersonState.InTransit ? known with { State = PersonState.Unsettled } : known);
        return form.Person!;
    }
}
