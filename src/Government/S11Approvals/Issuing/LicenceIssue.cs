using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>What was granted and ends in a licence leaves the licence to be made, with its number; what is taken back leaves it to be ended.</summary>
internal sealed class LicenceEffect(CaseItems items) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) =>
        CaseItems.CodeOf(type.Code) is not null && type.Step(step) is { Result: ItemResults.Granted or ItemResults.Revoked };

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        if (change.Step.Result == ItemResults.Revoked)
        {
            FollowUps.Leave(session.Write, LicenceAnnulment.KindOf, change.After.Number, change.Event.Ordinal, new AnnulmentDue(change.Event.Reason!, change.Event.Basis!));
            return Refusals.None;
        }

        if (await items.Of(change.After, cancel) is not { } item || !LicenceIssue.MakesLicence(item))
        {
            return Refusals.None;
        }

        var serial = await DocumentSeries.Next(session.Write, change.After.Office, Text.LicenceSeries, cancel);
        FollowUps.Leave(
            session.Write, LicenceIssue.KindOf, change.After.Number, change.Event.Ordinal,
            new LicenceDue(serial, session.Write.At.Local().Year, (change.After.DecidedAt ?? session.Write.At).Local().Day()) { Deemed = change.Step.Code == ItemSteps.DeemRenewed });
        return Refusals.None;
    }
}

/// <summary>A licence that is to be made.</summary>
/// <param name="Serial">Its number in the series of the office and the year, drawn in the act of the decision.</param>
/// <param name="Day">The day of the decision.</param>
internal sealed record LicenceDue(long Serial, int Year, DateOnly Day)
{
    /// <summary>Silence decided: there is only something to prolong, nothing new is given.</summary>
    public bool Deemed { get; init; }
}

/// <summary>
/// Makes the licence of a case: the record, the sealed file, and a word in the case. It waits as long as the case is
/// not paid where it must be. Done again after a crash, it finds what is there and goes on.
/// </summary>
internal sealed class LicenceIssue(
    RecordStore store, RecordReader reader, CaseDesk desk, CaseItems items, CaseBills bills, OfficeCodes codes, Offices offices, DocumentDesk documents) : FollowUp
{
    public const string KindOf = "approvals.licence";
    public const string DocumentKind = "approvals.licence";

    public static readonly ResourceDefinition Licences = Definition.Of<Licence>();

    private static readonly Caller Maker = Caller.Platform("licence");

    public override string Kind => KindOf;

    /// <summary>Permits and approvals are licences whatever their paper is called; registrations and decisions of other kinds are not.</summary>
    public static bool MakesLicence(ServiceItem item) => item.Result is { Kind: ResultKind.Licence } || item is { IsLicence: true, Result.Kind: ResultKind.Decision };

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var of = Typed<Case>.Of((await reader.Get(CaseResources.Case, due.Case, null, cancel))!);
        var item = await items.Of(of, cancel) ?? throw new InvalidOperationException($"Case {of.Number} is about no item.");
        if (of.Result != ItemResults.Granted)
        {
            // Withdrawn or revoked before it was made: there is nothing to give.
            return FollowUpDone.Yes;
        }

        if ((await bills.Stands(of, cancel)).Unpaid is not null)
        {
            return new() { Waits = Text.NotPaid };
        }

        var old = (item.Result!.Renews ?? item.Result.Changes) is { } named ? await Before(of, named, cancel) : null;
        if (old is null && due.Read<LicenceDue>().Deemed)
        {
            Must(await desk.Take(Caller.Platform("case"), of.Number, new(BuiltInSteps.Note) { Opinion = Text.NothingToRenew }, $"licence|{of.Number}|{due.Event}", cancel));
            return FollowUpDone.Yes;
        }

        var licence = await Record(due, of, item, old, cancel);
        var document = await Paper(due, licence, item, old, cancel);
        Must(await store.Write(
            new Act(Maker, "approvals.licence.made", Case: of.Number),
            [new Change.Update(Licences, licence.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = LicenceState.Valid, ["document"] = document })],
            cancel));
        Must(await desk.Take(
            Caller.Platform("case"), of.Number, new(BuiltInSteps.Note) { Opinion = Text.LicenceMade(licence.Name, licence.Number) }, $"licence|{of.Number}|{due.Event}", cancel));
        return FollowUpDone.Yes;
    }

    /// <summary>The licence of the same holder that is renewed or changed; none: a new one is given.</summary>
    private async Task<Licence?> Before(Case of, string named, CancellationToken cancel) => (await LicenceReading.Of(reader, of.Person, of.Entity, cancel))
        .Where(licence => licence.Item == named && (licence.State is LicenceState.Valid or LicenceState.Expired || licence.Case == of.Number))
        .OrderByDescending(licence => licence.Case == of.Number).ThenByDescending(licence => LicenceReading.IsNamed(licence, of)).ThenByDescending(licence => licence.IssuedAt).FirstOrDefault();

    private async Task<Licence> Record(DueFollowUp due, Case of, ServiceItem item, Licence? old, CancellationToken cancel)
    {
        var given = due.Read<LicenceDue>();
        var key = old?.Key ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{of.Office}-{given.Year}-{given.Serial:D6}");
        if (await reader.Get(Licences, key, null, cancel) is { } there && Typed<Licence>.Of(there) is var known && known.Case == of.Number)
        {
            return known;
        }

        var issuer = await codes.Of(of.Office, cancel);
        Licence? made = null;
        Must(await store.Write(
            new Act(Maker, "approvals.licence.grant", item.Result!.Name, of.Number) { IdempotencyKey = $"licence|{of.Number}|{due.Event}" },
            Licences.Schema,
            async session =>
            {
                var kind = issuer is null ? null : await LicenceKinds.Of(session, item, of.Office, issuer, cancel);
                made = Make(given, key, of, item, old, kind is null ? null : LicenceIdentifier.Compose(kind, issuer!, $"{given.Year}{given.Serial:D7}", (old?.Version ?? 0) + 1), session.At);
                return (await session.Apply(
                    old is null
                        ? new Change.Insert(Licences, key, Typed<Licence>.Values(made))
                        : new Change.Update(Licences, key, null, Typed<Licence>.Differences(old, made)),
                    cancel)).Refusals;
            },
            cancel));
        return made ?? Typed<Licence>.Of((await reader.Get(Licences, key, null, cancel))!);
    }

    private Licence Make(LicenceDue given, string key, Case of, ServiceItem item, Licence? old, string? identifier, DateTimeOffset at)
    {
        var result = item.Result!;
        var scope = string.Join('\n', LicenceFields.Of(item, CaseRules.AnswersOf(of)).Select(field => $"{field.Label}：{field.Value}"));

        // A renewal goes on where the old term ends; a change leaves the term as it is.
        var from = old is { ValidUntil: { } end } && result.Renews is not null && end >= given.Day ? end.AddDays(1) : given.Day;
        var until = old is not null && result.Changes is not null ? old.ValidUntil
            : result.ValidYears is { } years ? from.AddYears(years).AddDays(-1)
            : (DateOnly?)null;
        return new()
        {
            Key = key,
            Number = old?.Number ?? OfficeWord.Number(offices, of.Office, Text.LicenceSeries, given.Year, given.Serial),
            Name = result.Name,
            Identifier = identifier,
            Item = old?.Item ?? item.Code,
            Office = of.Office,
            OfficeName = offices.NameOf(of.Office),
            Entity = of.EntityName,
            EntityCode = of.Entity,
            Person = of.EntityName is null ? of.PersonName : null,
            HolderPerson = of.Entity is null ? of.Person : null,
            Scope = of.EntityName is not null ? Cut(scope) ?? old?.Scope : null,
            PersonalScope = of.EntityName is null ? Cut(scope) ?? old?.PersonalScope : null,
            ValidFrom = old?.ValidFrom ?? given.Day,
            ValidUntil = until,
            State = LicenceState.Making,
            Change = old is null ? LicenceChange.Issued : result.Renews is not null ? LicenceChange.Renewed : LicenceChange.Changed,
            Version = (old?.Version ?? 0) + 1,
            IssuedAt = of.DecidedAt ?? at,
            Case = of.Number,
            Document = old?.Document,
            ClosedFrom = result.Open ? null : given.Day,
        };
    }

    private async Task<string> Paper(DueFollowUp due, Licence licence, ServiceItem item, Licence? old, CancellationToken cancel)
    {
        var once = $"licence|{licence.Case}|{due.Event}";
        var replaced = old?.Document is { } document && (await documents.Find(document, cancel))?.State == DocumentState.Valid ? document : null;
        var issued = await documents.Issue(
            IssuedPapers.Issuer,
            new()
            {
                Office = licence.Office,
                Kind = DocumentKind,
                Case = licence.Case,
                Content = Content(licence, item),
                Holder = licence.Entity ?? licence.Person ?? "",
                HolderPerson = licence.HolderPerson,
                HolderEntity = licence.EntityCode,
                Identifier = licence.Identifier,
                ValidFrom = licence.ValidFrom,
                ValidUntil = licence.ValidUntil,
                Replaces = replaced,
                IdempotencyKey = once,
            },
            cancel);
        return issued.Ok ? issued.Value.Key : throw new InvalidOperationException(issued.Refusals.ToString());
    }

    /// <summary>What stands on the licence. Pure.</summary>
    internal static DocumentContent Content(Licence licence, ServiceItem item) => new()
    {
        Form = DocumentForm.Licence,
        Office = licence.OfficeName,
        Title = licence.Name,
        Number = licence.Number,
        Fields =
        [
            new(Text.HolderLabel, licence.Entity ?? licence.Person ?? ""),
            .. licence.EntityCode is { } code ? [new ContentField(Text.EntityCodeLabel, code)] : Array.Empty<ContentField>(),
            .. (licence.Scope ?? licence.PersonalScope ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('：', 2))
                .Where(pair => pair.Length == 2 && pair[1] != (licence.Entity ?? licence.Person)).Select(pair => new ContentField(pair[0], pair[1])),
            new(Text.ValidLabel, Text.Valid(licence.ValidFrom, licence.ValidUntil)),
            new(Text.IssuerLabel, licence.OfficeName),
            .. licence.Identifier is { } identifier ? [new ContentField(Text.IdentifierLabel, identifier)] : Array.Empty<ContentField>(),
        ],
        Notes = licence.ValidUntil is null || !item.IsLicence ? [Text.LicenceNote] : [Text.LicenceNote, Text.RenewNote],
        Date = licence.IssuedAt.Local().Day(),
        SealUse = Text.SealUse,
    };

    private static string? Cut(string text) => text.Length == 0 ? null : text.Length <= 4_000 ? text : text[..4_000];

    private static void Must<T>(Outcome<T> outcome)
    {
        if (!outcome.Ok)
        {
            throw new InvalidOperationException(outcome.Refusals.ToString());
        }
    }
}
