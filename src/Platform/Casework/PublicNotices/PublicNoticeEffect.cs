using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Publishes, ends and takes down a notice with the step that does it, and keeps what is objected and answered.</summary>
internal sealed class PublicNoticeEffect(CaseTypes types, CurrentCalendar calendar, Outbox outbox) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => PublicNotices.In(type) && step != BuiltInSteps.Open;

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var (write, of) = (session.Write, change.After);
        return change switch
        {
            { Step.Code: PublicNotices.Publish } => await Publish(write, change, request, cancel),
            { Before.Stage: PublicNotices.Stage } when of.Stage != PublicNotices.Stage => await End(write, change, cancel),
            { Step.Code: PublicNotices.Record } => await Record(write, change, request, cancel),
            { Step.Code: PublicNotices.Answer } => await Answer(write, change, request, cancel),
            _ => Refusals.None,
        };
    }

    private async Task<Refusals> Publish(WriteSession write, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var (of, today) = (change.After, write.At.Local().Day());
        var clock = change.Clocks.First(clock => clock.After.Rule.Code == PublicNotices.Clock).After;
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        return (await write.Apply(
            new Change.Insert(
                CaseResources.PublicNotice,
                string.Create(CultureInfo.InvariantCulture, $"{of.Number}-{change.Event.Ordinal:0000}"),
                Typed<PublicNotice>.Values(new()
                {
                    Case = of.Number,
                    Title = type.Name,
                    Office = of.Office,
                    Words = request.Fields[PublicNotices.Words].Trim(),
                    Basis = clock.Rule.Basis.ToString(),
                    ShownFrom = today,
                    ShownUntil = ClockJudge.Judge(clock, calendar(), write.At).DueDay,
                })),
            cancel)).Refusals;
    }

    /// <summary>At its time by the platform; before it by whoever takes it down, and by whatever else ends or moves the case.</summary>
    private static async Task<Refusals> End(WriteSession write, CaseChange change, CancellationToken cancel)
    {
        var notice = (await PublicNoticeReader.Within(write, change.After.Number, cancel))[^1];
        await write.Lock(LockOf(notice.Key), cancel);
        return (await write.Apply(
            new Change.Update(CaseResources.PublicNotice, notice.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["ended_at"] = write.At,
                ["taken_down_on"] = change.Step.Code == PublicNotices.Over ? null : write.At.Local().Day(),
            }),
            cancel)).Refusals;
    }

    private static async Task<Refusals> Record(WriteSession write, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var notice = (await PublicNoticeReader.Within(write, change.After.Number, cancel))[^1];
        return (await write.Apply(
            new Change.Insert(CaseResources.Objection, "", Typed<Objection>.Values(new()
            {
                Notice = notice.Key,
                Case = notice.Case,
                Office = notice.Office,
                Words = request.Fields[PublicNotices.Objecting].Trim(),
                At = write.At,
                Name = request.Fields[PublicNotices.Objector].Trim(),
            })),
            cancel)).Refusals;
    }

    private async Task<Refusals> Answer(WriteSession write, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        // The guard has found it.
        var record = (await write.Get(CaseResources.Objection, request.Fields[PublicNotices.Which].Trim(), cancel))!;
        var (objection, finding) = (Typed<Objection>.Of(record), request.Fields[PublicNotices.Finding]);
        var changed = await write.Apply(
            new Change.Update(CaseResources.Objection, record.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["finding"] = finding,
                ["answer"] = request.Opinion!.Trim(),
                ["answered_by"] = change.Event.WhoName,
                ["answered_at"] = write.At,
            }),
            cancel);
        if (changed.Ok && objection.Account is { } account)
        {
            var type = await types.Of(change.After.Type, change.After.TypeVersion, cancel);
            outbox.Add(write, new(
                PublicNotices.Answer, new(objection.Person is { } person ? Receiver.OfPerson(person) : Receiver.OfAccount(account), objection.Name),
                Text.ObjectionAnsweredSubject, Text.ObjectionAnswered(type.Name, ObjectionFinding.Codes.Find(finding)!.Label, request.Opinion!.Trim()), PublicNoticeRoutes.List));
        }

        return changed.Refusals;
    }

    /// <summary>Whoever objects and whatever ends the notice go one after the other.</summary>
    internal static string LockOf(string notice) => "public-notice:" + notice;
}
