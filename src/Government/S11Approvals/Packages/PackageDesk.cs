using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// The one door by which packages change: written by the lead office, published by a second person of it, as items are.
/// The case type follows; it keeps the versions of its items' types, so a package that runs is not touched by later ones.
/// </summary>
public sealed class PackageDesk(RecordStore store, PackageReader packages, CaseTypes types)
{
    /// <summary>Hands in a new edition for review; its key.</summary>
    public async Task<Outcome<string>> Submit(Caller who, ServicePackage package, CancellationToken cancel = default)
    {
        var refusals = Refusals.Of(Own(who, package.Office)).And(await Judge(package, cancel));
        if (refusals.Any)
        {
            return refusals;
        }

        var key = "";
        var written = await store.Write(
            new Act(who, "approvals.package.submit", package.Name), ItemResources.Schema,
            async session =>
            {
                await session.Lock("package-" + package.Code, cancel);
                var editions = await session.List(
                    PackageResources.Edition, new() { Where = new Filter.Compare("code", Comparison.Equal, package.Code), Limit = 10_000 }, cancel);
                var known = editions.Select(Typed<PackageEdition>.Of).ToList();
                if (known.Find(edition => edition.State == EditionState.Submitted) is { } open)
                {
                    return Refusals.Of(new Refusal("S11-R29", "", Items.Text.OpenAlready(open.Number, open.AuthorName)));
                }

                if (known.Exists(edition => edition.Office != package.Office))
                {
                    return Refusals.Of(new Refusal("S11-R31", "code", Items.Text.CodeTaken(package.Code)));
                }

                var edition = New(package, known.Select(one => one.Number).DefaultIfEmpty().Max() + 1, who, session.At);
                key = edition.Key;
                return (await session.Apply(new Change.Insert(PackageResources.Edition, key, Typed<PackageEdition>.Values(edition)), cancel)).Refusals;
            },
            cancel);
        return written.Ok ? key : written.Refusals;
    }

    /// <summary>Given back by the reviewer with reasons, or taken back by its author.</summary>
    public Task<Outcome<Written>> Return(Caller who, string key, int expected, string reason, CancellationToken cancel = default) => Review(
        who, "approvals.package.return", key, expected,
        edition => Refusals.Of(
            who.May(ApprovalSystem.PublishItems) || edition.Author == who.Id ? null : new("S11-R26", "", Items.Text.MayNotReview),
            string.IsNullOrWhiteSpace(reason) ? new("S11-R30", "reason", Items.Text.NoReason) : null),
        (_, edition, at) => Task.FromResult<IReadOnlyList<Change>>([Moved(edition, edition with
        {
            State = EditionState.Returned,
            Reviewer = who.Id,
            ReviewerName = who.Name,
            ReviewedAt = at,
            Reason = reason.Trim() is { Length: > 1000 } many ? many[..1000] : reason.Trim(),
        })]),
        cancel);

    /// <summary>In force from now on: a second person has read it.</summary>
    public async Task<Outcome<Written>> Publish(Caller who, string key, int expected, CancellationToken cancel = default)
    {
        var judged = await packages.Edition(key, cancel) is { } file ? await Judge(file.Edition.Package, cancel) : Refusals.None;
        ServicePackage? published = null;
        var written = await Review(
            who, "approvals.package.publish", key, expected,
            edition => Refusals.Of(
                who.Kind == CallerKind.Platform || who.May(ApprovalSystem.PublishItems) ? null : new("S11-R26", "", Items.Text.MayNotReview),
                edition.Author == who.Id ? new("S11-R27", "", Items.Text.PublishAlone, ItemLaw.Guide) : null).And(judged),
            async (session, edition, at) =>
            {
                published = edition.Package;
                return await InForce(session, edition, edition with { State = EditionState.Published, Reviewer = who.Id, ReviewerName = who.Name, ReviewedAt = at }, at, cancel);
            },
            cancel);
        if (written.Ok && published is not null)
        {
            await PublishType(published, who, cancel);
        }

        return written;
    }

    /// <summary>Everything that is wrong with a package as the items are today.</summary>
    public async Task<Refusals> Judge(ServicePackage package, CancellationToken cancel = default) =>
        PackageRules.Judge(package, await packages.Items(package, cancel), packages.Offices());

    /// <summary>
    /// The case type as the items are today; the same again changes nothing. Where an item is withdrawn that it cannot do
    /// without, nobody can begin it any more, and what runs goes on.
    /// </summary>
    public async Task PublishType(ServicePackage package, Caller who, CancellationToken cancel = default)
    {
        var items = await packages.Items(package, cancel);
        CaseType type;
        if (PackageRules.Judge(package, items, packages.Offices()).Any)
        {
            if (types.Find(package.CaseType) is not { } before)
            {
                return;
            }

            type = ItemCaseType.Closed(before);
        }
        else
        {
            type = PackageCaseType.Of(package, items);
            type = type with { Children = [.. type.Children.Select(child => child with { Version = types.Find(child.Type)?.Version })] };
        }

        var published = await types.Publish(type, who, cancel);
        if (!published.Ok)
        {
            throw new InvalidOperationException($"The case type of a published package was refused: {published.Refusals}");
        }
    }

    /// <summary>What publication writes, in the act of whoever publishes.</summary>
    internal static async Task<IReadOnlyList<Change>> InForce(WriteSession session, PackageEdition? before, PackageEdition after, DateTimeOffset at, CancellationToken cancel)
    {
        var changes = new List<Change>
        {
            before is null ? new Change.Insert(PackageResources.Edition, after.Key, Typed<PackageEdition>.Values(after)) : Moved(before, after),
        };
        var record = await session.Get(PackageResources.Package, after.Code, cancel);
        if (record is not null
            && await session.Get(PackageResources.Edition, PackageEdition.KeyOf(after.Code, Typed<PublishedPackage>.Of(record).Edition), cancel) is { } old)
        {
            var superseded = Typed<PackageEdition>.Of(old);
            changes.Add(Moved(superseded, superseded with { State = EditionState.Superseded }));
        }

        var values = Typed<PublishedPackage>.Values(PublishedPackage.Of(after.Package, after.Number, at));
        changes.Add(record is null ? new Change.Insert(PackageResources.Package, after.Code, values) : new Change.Update(PackageResources.Package, after.Code, null, values));
        return changes;
    }

    internal static PackageEdition New(ServicePackage package, int number, Caller who, DateTimeOffset at) => new()
    {
        Key = PackageEdition.KeyOf(package.Code, number),
        Code = package.Code,
        Number = number,
        Name = package.Name,
        Office = package.Office,
        State = EditionState.Submitted,
        Body = PackageJson.Write(package),
        Author = who.Id,
        AuthorName = who.Name,
        SubmittedAt = at,
    };

    private Task<Outcome<Written>> Review(
        Caller who, string act, string key, int expected, Func<PackageEdition, Refusals> judge,
        Func<WriteSession, PackageEdition, DateTimeOffset, Task<IReadOnlyList<Change>>> change, CancellationToken cancel) => store.Write(
        new Act(who, act), ItemResources.Schema,
        async session =>
        {
            if (await session.Get(PackageResources.Edition, key, cancel) is not { } record)
            {
                return Refusals.Of(new Refusal("S11-R28", "", Items.Text.NoEdition));
            }

            if (record.Version != expected)
            {
                return Refusals.Of(new Refusal("S11-R32", "", Items.Text.SomebodyWasQuicker));
            }

            var edition = Typed<PackageEdition>.Of(record);
            var refusals = Refusals.Of(Own(who, edition.Office), edition.State == EditionState.Submitted ? null : new("S11-R28", "", Items.Text.NotSubmitted)).And(judge(edition));
            foreach (var one in refusals.Any ? [] : await change(session, edition, session.At))
            {
                refusals = refusals.And((await session.Apply(one, cancel)).Refusals);
            }

            return refusals;
        },
        cancel);

    private static Change.Update Moved(PackageEdition before, PackageEdition after) =>
        new(PackageResources.Edition, before.Key, null, Typed<PackageEdition>.Differences(before, after));

    private static Refusal? Own(Caller who, string office) =>
        who.Kind == CallerKind.Platform || who.Office == office ? null : new("S11-R26", "office", Text.OnlyLead, ItemLaw.Guide);
}
