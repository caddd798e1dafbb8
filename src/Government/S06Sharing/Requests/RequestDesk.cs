using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>A request as a list shows it.</summary>
public sealed record RequestLine(string Number, string Title, string Stage, string Consumer, string Provider, DateTimeOffset ReceivedAt);

/// <summary>Opens requests, and lists those that an office made or has to do with.</summary>
public sealed class RequestDesk(Db db, CaseDesk desk, CaseTypes types, SharedResources shared, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>The number of the case; or all that is wrong with the terms.</summary>
    public async Task<Outcome<string>> Open(Caller who, GrantTerms terms, string? once, CancellationToken cancel = default)
    {
        // All that is wrong with the terms, before the form says no more than that something is missing.
        var refusals = Judge(terms);
        if (refusals.Any)
        {
            return refusals;
        }

        var resource = shared.Find(terms.Resource)!;
        var type = resource.Sharing.Class == SharingClass.Unconditional ? RequestType.UnconditionalCode : RequestType.Code;
        var request = new OpenRequest(type, RequestTerms.Answers(terms with { Resource = resource.Id }, resource.Owner)) { Title = $"{Text.Request}：{resource.Name}" };
        var opened = await desk.Open(who, request, once, cancel);
        return opened.Ok ? opened.Value.Number : opened.Refusals;
    }

    /// <summary>All that is wrong with what is asked for.</summary>
    public Refusals Judge(GrantTerms terms) => GrantRules.Judge(terms, shared, time.Today());

    /// <summary>Newest first: those of the office and those for its data; the authority sees all.</summary>
    /// <param name="before">Number after which the page begins.</param>
    public async Task<IReadOnlyList<RequestLine>> List(Caller who, string? before, CancellationToken cancel = default)
    {
        var mine = who.May(SharingRights.Manage)
            ? Sql.Of($"true")
            : Sql.Of($"(answers::jsonb ->> 'consumer' = {who.Office} or (answers::jsonb ->> 'provider' = {who.Office} and accepted_at is not null))");
        return await db.List(
            $"""
            select number, title, type, stage, answers::jsonb ->> 'consumer', answers::jsonb ->> 'provider', received_at from casework."case"
            where type in ({RequestType.Code}, {RequestType.UnconditionalCode}) and number < {before ?? "9"} and {mine}
            order by number desc limit {PageSize + 1}
            """,
            row => new RequestLine(
                row.GetString(0), row.GetString(1), types.Find(row.GetString(2))?.Stage(row.GetString(3))?.Label ?? row.GetString(3),
                row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6)),
            cancel);
    }
}
