using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// The one door by which items change: drafted and handed in by the office that decides, published by a second person
/// of it. Publication writes the open records in the act of the edition; the case type follows at once, and at the next
/// start if the process ended between the two.
/// </summary>
public sealed class ItemDesk(RecordStore store, ItemReader items, CaseTypes types, IEnumerable<ItemFollower> followers)
{
    /// <summary>A new item, as a draft of the writer's own office.</summary>
    public async Task<Outcome<string>> Begin(Caller who, ServiceItem item, CancellationToken cancel = default)
    {
        var refused = Own(who, item.Office);
        if (refused is not null)
        {
            return refused;
        }

        return await Insert(new Act(who, "approvals.item.draft", item.Name), item, (session, _) => Free(session, item.Code, cancel), cancel);
    }

    /// <summary>A new edition of an item in force, beginning with what is in force.</summary>
    public async Task<Outcome<string>> Revise(Caller who, string code, CancellationToken cancel = default)
    {
        if (await items.InForce(code, cancel) is not { } current)
        {
            return new Refusal("S11-R28", "", Text.NotInForce);
        }

        var refused = Own(who, current.Record.Office);
        return refused is not null
            ? refused
            : await Insert(new Act(who, "approvals.item.draft", current.Item.Name), current.Item, (_, editions) => Task.FromResult(NoneOpen(editions)), cancel);
    }

    /// <summary>Keeps what was written, however unfinished; the rules speak when it is handed in.</summary>
    public Task<Outcome<Written>> Save(Caller who, string key, int expected, ServiceItem item, CancellationToken cancel = default) => Change(
        new Act(who, "approvals.item.save", item.Name), key, expected,
        edition => Refusals.Of(
            Own(who, edition.Office),
            edition.State is EditionState.Draft or EditionState.Returned ? null : new("S11-R28", "", Text.NotADraft),
            item.Code == edition.Code && item.Office == edition.Office ? null : new("S11-R31", "code", Text.CodeFixed)),
        edition => edition with
        {
            Name = item.Name,
            Body = ItemJson.Write(item),
            Authors = Joined(edition.Authors, who.Id, ' '),
            AuthorNames = Joined(edition.AuthorNames, who.Name, '、'),
        },
        cancel);

    /// <summary>Handed in for review, when nothing is wrong with it.</summary>
    public async Task<Outcome<Written>> Submit(Caller who, string key, int expected, CancellationToken cancel = default)
    {
        var around = await items.Around(cancel);
        return await Change(
            new Act(who, "approvals.item.submit"), key, expected,
            edition => Refusals.Of(
                Own(who, edition.Office),
                edition.State is EditionState.Draft or EditionState.Returned ? null : new("S11-R28", "", Text.NotADraft))
                .And(ItemRules.Judge(edition.Item, around)),
            (edition, at) => edition with { State = EditionState.Submitted, SubmittedAt = at, Reason = null },
            cancel);
    }

    /// <summary>Taken back by its office before anybody reviewed it, or given back by the reviewer with reasons.</summary>
    public Task<Outcome<Written>> Return(Caller who, string key, int expected, string reason, CancellationToken cancel = default) => Change(
        new Act(who, "approvals.item.return", Cut(reason)), key, expected,
        edition => Refusals.Of(
            Own(who, edition.Office),
            who.May(ApprovalSystem.PublishItems) || edition.WroteIt(who.Id) ? null : new("S11-R26", "", Text.MayNotReview),
            edition.State == EditionState.Submitted ? null : new("S11-R28", "", Text.NotSubmitted),
            string.IsNullOrWhiteSpace(reason) ? new("S11-R30", "reason", Text.NoReason) : null),
        (edition, at) => edition with
        {
            State = EditionState.Returned,
            Reviewer = who.Id,
            ReviewerName = who.Name,
            ReviewedAt = at,
            Reason = Cut(reason),
        },
        cancel);

    /// <summary>A draft that comes to nothing. It stays readable.</summary>
    public Task<Outcome<Written>> Drop(Caller who, string key, int expected, CancellationToken cancel = default) => Change(
        new Act(who, "approvals.item.drop"), key, expected,
        edition => Refusals.Of(
            Own(who, edition.Office),
            edition.State is EditionState.Draft or EditionState.Returned ? null : new("S11-R28", "", Text.NotADraft)),
        edition => edition with { State = EditionState.Dropped },
        cancel);

    /// <summary>In force from now on: a second person has read it.</summary>
    public async Task<Outcome<Written>> Publish(Caller who, string key, int expected, CancellationToken cancel = default)
    {
        var around = await items.Around(cancel);
        var followed = await items.Edition(key, cancel) is { } file ? await Follow(file.Edition.Item, cancel) : Refusals.None;
        ServiceItem? published = null;
        var written = await store.Write(
            new Act(who, "approvals.item.publish"), ItemResources.Schema,
            async session =>
            {
                if (await Locked(session, key, expected, cancel) is not { Ok: true } locked)
                {
                    return Refusals.Of(new Refusal("S11-R32", "", Text.SomebodyWasQuicker));
                }

                var edition = Typed<ItemEdition>.Of(locked.Value);
                var item = edition.Item;
                var refusals = Refusals.Of(
                    Own(who, edition.Office),
                    edition.State == EditionState.Submitted ? null : new("S11-R28", "", Text.NotSubmitted),
                    edition.WroteIt(who.Id) ? new("S11-R27", "", Text.PublishAlone, ItemLaw.Guide) : null).And(ItemRules.Judge(item, around)).And(followed);
                if (refusals.Any)
                {
                    return refusals;
                }

                published = item;
                return await ItemPublication.Write(session, edition, item, who, cancel);
            },
            cancel);
        if (written.Ok && published is not null)
        {
            await PublishType(ItemCaseType.Of(published), who, cancel);
            await Changed(published.Code, who, cancel);
        }

        return written;
    }

    /// <summary>No longer done: nobody can apply any more, running cases go on.</summary>
    public async Task<Outcome<Written>> Withdraw(Caller who, string code, string reason, CancellationToken cancel = default)
    {
        var written = await store.Write(
            new Act(who, "approvals.item.withdraw", Cut(reason)), ItemResources.Schema,
            async session =>
            {
                await session.Lock(code, cancel);
                if (await session.Get(ItemResources.Item, code, cancel) is not { } record || Typed<PublishedItem>.Of(record) is not { State: ItemState.InForce } item)
                {
                    return Refusals.Of(new Refusal("S11-R28", "", Text.NotInForce));
                }

                var edition = await session.Get(ItemResources.Edition, ItemEdition.KeyOf(code, item.Edition), cancel);
                var refusals = Refusals.Of(
                    Own(who, item.Office),
                    edition is not null && Typed<ItemEdition>.Of(edition).WroteIt(who.Id) ? new("S11-R27", "", Text.WithdrawAlone, ItemLaw.Guide) : null,
                    string.IsNullOrWhiteSpace(reason) ? new("S11-R30", "reason", Text.NoReason) : null);
                return refusals.Any ? refusals : await ItemPublication.Withdraw(session, record, edition!, who, Cut(reason), cancel);
            },
            cancel);
        if (written.Ok && types.Find(ServiceItem.CaseTypeOf(code)) is { } type)
        {
            await PublishType(ItemCaseType.Closed(type), who, cancel);
            await Changed(code, who, cancel);
        }

        return written;
    }

    /// <summary>Many drafts of the writer's own office in one act: all or none.</summary>
    public async Task<Outcome<Written>> BeginMany(Caller who, IReadOnlyList<ServiceItem> drafts, CancellationToken cancel = default) => await store.Write(
        new Act(who, "approvals.item.import", Text.Imported(drafts.Count)), ItemResources.Schema,
        async session =>
        {
            var refusals = Refusals.None;
            foreach (var item in drafts)
            {
                var refused = Own(who, item.Office);
                refusals = refusals.And(refused is not null ? Refusals.Of(refused) : await Free(session, item.Code, cancel));
                if (!refusals.Any)
                {
                    refusals = refusals.And((await session.Apply(Draft(item, 1, who), cancel)).Refusals);
                }
            }

            return refusals;
        },
        cancel);

    private Task<Outcome<Written>> Change(
        Act act, string key, int expected, Func<ItemEdition, Refusals> judge, Func<ItemEdition, ItemEdition> change, CancellationToken cancel) =>
        Change(act, key, expected, judge, (edition, _) => change(edition), cancel);

    private Task<Outcome<Written>> Change(
        Act act, string key, int expected, Func<ItemEdition, Refusals> judge, Func<ItemEdition, DateTimeOffset, ItemEdition> change, CancellationToken cancel) =>
        store.Write(
            act, ItemResources.Schema,
            async session =>
            {
                var locked = await Locked(session, key, expected, cancel);
                if (!locked.Ok)
                {
                    return locked.Refusals;
                }

                var before = Typed<ItemEdition>.Of(locked.Value);
                var refusals = judge(before);
                return refusals.Any
                    ? refusals
                    : (await session.Apply(
                        new Change.Update(ItemResources.Edition, key, expected, Typed<ItemEdition>.Differences(before, change(before, session.At))), cancel)).Refusals;
            },
            cancel);

    private async Task<Outcome<string>> Insert(
        Act act, ServiceItem item, Func<WriteSession, IReadOnlyList<ItemEdition>, Task<Refusals>> judge, CancellationToken cancel)
    {
        var key = "";
        var written = await store.Write(
            act, ItemResources.Schema,
            async session =>
            {
                await session.Lock(item.Code, cancel);
                var editions = await Editions(session, item.Code, cancel);
                var refusals = await judge(session, editions);
                if (refusals.Any)
                {
                    return refusals;
                }

                var number = editions.Select(edition => edition.Number).DefaultIfEmpty().Max() + 1;
                key = ItemEdition.KeyOf(item.Code, number);
                return (await session.Apply(Draft(item, number, act.Who), cancel)).Refusals;
            },
            cancel);
        return written.Ok ? key : written.Refusals;
    }

    private static Change.Insert Draft(ServiceItem item, int number, Caller who)
    {
        var key = ItemEdition.KeyOf(item.Code, number);
        return new(ItemResources.Edition, key, Typed<ItemEdition>.Values(new()
        {
            Key = key,
            Code = item.Code,
            Number = number,
            Name = item.Name,
            Office = item.Office,
            State = EditionState.Draft,
            Body = ItemJson.Write(item),
            Authors = who.Id,
            AuthorNames = who.Name,
        }));
    }

    private static async Task<Refusals> Free(WriteSession session, string code, CancellationToken cancel) =>
        (await Editions(session, code, cancel)).Any(edition => edition.State != EditionState.Dropped)
            ? Refusals.Of(new Refusal("S11-R31", "code", Text.CodeTaken(code)))
            : Refusals.None;

    private static Refusals NoneOpen(IReadOnlyList<ItemEdition> editions) =>
        editions.FirstOrDefault(edition => EditionState.IsOpen(edition.State)) is { } open
            ? Refusals.Of(new Refusal("S11-R29", "", Text.OpenAlready(open.Number, open.AuthorNames)))
            : Refusals.None;

    private static async Task<IReadOnlyList<ItemEdition>> Editions(WriteSession session, string code, CancellationToken cancel) =>
    [
        .. (await session.List(ItemResources.Edition, new() { Where = new Filter.Compare("code", Comparison.Equal, code), Limit = 10_000 }, cancel))
            .Select(Typed<ItemEdition>.Of),
    ];

    private static async Task<Outcome<Record>> Locked(WriteSession session, string key, int expected, CancellationToken cancel) =>
        await session.Get(ItemResources.Edition, key, cancel) is not { } record ? new Refusal("S11-R28", "", Text.NoEdition)
        : record.Version != expected ? new Refusal("S11-R32", "", Text.SomebodyWasQuicker)
        : record;

    private async Task<Refusals> Follow(ServiceItem item, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var follower in followers)
        {
            refusals = refusals.And(await follower.Judge(item, cancel));
        }

        return refusals;
    }

    private async Task Changed(string code, Caller who, CancellationToken cancel)
    {
        foreach (var follower in followers)
        {
            await follower.Changed(code, who, cancel);
        }
    }

    private async Task PublishType(CaseType type, Caller who, CancellationToken cancel)
    {
        var published = await types.Publish(type, who, cancel);
        if (!published.Ok)
        {
            throw new InvalidOperationException($"The case type of a published item was refused: {published.Refusals}");
        }
    }

    private static Refusal? Own(Caller who, string office) =>
        who.Kind == CallerKind.Platform || who.Office == office ? null : new("S11-R26", "office", Text.OtherOffice, ItemLaw.Guide);

    private static string Joined(string before, string more, char by) =>
        before.Split(by).Contains(more, StringComparer.Ordinal) ? before : $"{before}{by}{more}";

    private static string Cut(string text) => text.Trim() is { Length: > 1000 } many ? many[..1000] : text.Trim();
}
