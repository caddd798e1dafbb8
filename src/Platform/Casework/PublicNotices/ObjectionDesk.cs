using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Takes objections against what is announced, as long as it is announced.</summary>
public sealed class ObjectionDesk(RecordStore store)
{
    /// <summary>Most that one person has to say against one notice.</summary>
    public const int OfOne = 3;

    /// <param name="once">The same word gives the same objection.</param>
    public async Task<Refusals> Object(Caller who, string notice, string? words, string? once, CancellationToken cancel = default)
    {
        if (who.Kind != CallerKind.Resident)
        {
            return Refusals.Of(new Refusal("CASE-N08", "words", Text.ResidentsObject));
        }

        if (string.IsNullOrWhiteSpace(words) || words.Length > PublicNotices.WordsMost)
        {
            return Refusals.Of(new Refusal("CASE-N07", "words", Text.BadObjection(PublicNotices.WordsMost)));
        }

        return (await store.Write(
            new Act(who, "casework.object") { IdempotencyKey = once },
            CaseResources.Schema,
            async session =>
            {
                await session.Lock(PublicNoticeEffect.LockOf(notice), cancel);
                if (await session.Get(CaseResources.PublicNotice, notice, cancel) is not { } record || Typed<PublicNotice>.Of(record) is not { EndedAt: null } of
                    || of.ShownUntil < session.At.Local().Day())
                {
                    return Refusals.Of(new Refusal("CASE-N06", "", Text.NoticeHasEnded));
                }

                var own = Filter.All(new Filter.Compare("notice", Comparison.Equal, notice), new Filter.Compare("account", Comparison.Equal, who.Id));
                return (await session.List(CaseResources.Objection, new() { Where = own, Limit = OfOne }, cancel)).Count >= OfOne
                    ? Refusals.Of(new Refusal("CASE-N09", "words", Text.EnoughObjections(OfOne)))
                    : (await session.Apply(
                        new Change.Insert(CaseResources.Objection, "", Typed<Objection>.Values(new()
                        {
                            Notice = notice,
                            Case = of.Case,
                            Office = of.Office,
                            Words = words.Trim(),
                            At = session.At,
                            Account = who.Id,
                            Person = who.Person,
                            Name = who.Name,
                        })),
                        cancel)).Refusals;
            },
            cancel)).Refusals;
    }
}
