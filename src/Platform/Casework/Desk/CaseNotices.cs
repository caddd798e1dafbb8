using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What applicants and colleagues are told when something happens to a case.</summary>
internal sealed class CaseNotices(Outbox outbox, Offices offices, TrackingCodes codes, Colleagues colleagues)
{
    public void AddOpening(WriteSession session, CaseType type, Case of)
    {
        foreach (var notice in type.Notices.Where(notice => type.OnOpening.Contains(notice.Code)))
        {
            Add(session, type, of, notice, null);
        }
    }

    public async Task Add(WriteSession session, CaseType type, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        foreach (var notice in change.Notices)
        {
            // Where the step makes a paper, the notice leads to it.
            Add(session, type, change.After, notice, request, change.Step.Produces is null ? null : CaseAddresses.OwnPaper(change.After.Number, change.Event.Ordinal));
        }

        foreach (var message in request.Messages)
        {
            outbox.Add(session, message);
        }

        // Somebody was given work: it stands in his list, and he is told.
        var main = change.Work.FirstOrDefault(work => work.Seat == CaseWork.Main);
        var (account, name) = change.Step.Code switch
        {
            BuiltInSteps.Assign or BuiltInSteps.HandOver => (main?.Person, main?.PersonName),
            BuiltInSteps.Delegate => (main?.Delegate, main?.DelegateName),
            _ => (null, null),
        };
        if (account is not null && name is not null)
        {
            outbox.Add(session, new(
                change.Step.Code, new(Receiver.OfAccount(account), name), Text.GivenSubject(change.Step.Label),
                Text.GivenText(change.After.Title, CaseNumbers.Show(change.After.Number), change.Event.WhoName, change.Event.Reason),
                CaseAddresses.Desk(change.After.Number))
            {
                Case = change.After.Number,
            });
        }

        if (change.Step.By == Actor.Supervisor && main is not null)
        {
            await Urge(session, change, main, cancel);
        }
    }

    /// <summary>What a supervisor says of a case reaches whoever has it, or those who have to give it to somebody.</summary>
    private async Task Urge(WriteSession session, CaseChange change, CaseWork main, CancellationToken cancel)
    {
        var told = main.Person is { } person
            ? [(person, main.PersonName ?? "")]
            : (await colleagues.Heads(main.Office, cancel)).Select(head => (head.Account, head.Name));
        foreach (var (account, name) in told)
        {
            outbox.Add(session, new(
                change.Step.Code, new(Receiver.OfAccount(account), name), Text.UrgedSubject(change.Step.Label, change.After.Title),
                Text.UrgedText(change.After.Title, CaseNumbers.Show(change.After.Number), change.Event.WhoName, change.Event.Opinion ?? change.Event.Reason ?? ""),
                CaseAddresses.Desk(change.After.Number))
            {
                Case = change.After.Number,
            });
        }
    }

    private void Add(WriteSession session, CaseType type, Case of, NoticeTemplate notice, StepRequest? request, string? link = null)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = CaseNumbers.Show(of.Number),
            ["code"] = codes.Of(of.Number),
            ["title"] = of.Title,
            ["name"] = of.EntityName ?? of.PersonName ?? "",
            ["office"] = offices.NameOf(of.Office),
            ["stage"] = type.Stage(of.Stage)?.Label ?? of.Stage,
            ["result"] = type.ResultLabel(of.Result),
            ["opinion"] = request?.Opinion ?? "",
            ["reason"] = request?.Reason ?? "",
            ["document"] = request?.Document ?? "",
        };
        foreach (var (name, value) in request?.Fields ?? new Dictionary<string, string>())
        {
            places.TryAdd(name, value);
        }

        outbox.Add(session, new(notice.Code, of.ReceiverOn(session.At.Local().Day()), NoticeTemplate.Fill(notice.Subject, places), NoticeTemplate.Fill(notice.Text, places), link ?? CaseAddresses.Own(of.Number))
        {
            Case = of.Number,
            Channels = notice.Channels,
        });
    }
}

/// <summary>Where cases are found.</summary>
public static class CaseAddresses
{
    public static string Desk(string number) => "/desk/cases/" + number;

    public static string Own(string number) => "/me/cases/" + number;

    /// <summary>The paper that a step made.</summary>
    public static string OwnPaper(string number, int ordinal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/me/cases/{number}/papers/{ordinal}");
}
