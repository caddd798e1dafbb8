using System.Reflection;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// The items that a new city begins with: kinds of service that national law gives every city, as files beside this one.
/// What an office has made of an item since then is left alone.
/// </summary>
public sealed class ItemSeed(RecordStore store, ItemReader items, CaseTypes types, Offices offices, IEnumerable<ItemFollower> followers)
{
    private const string Folder = "S11Approvals/Items/Data/";

    /// <summary>Where every city receives applications: the hall of its services and the number 12345.</summary>
    internal static readonly ServicePlace Hall = new("市政务服务中心综合窗口", "市政务服务中心一楼", "工作日 9:00—12:00，13:00—17:00", "12345");

    /// <summary>All items of the seed, with the place where every city receives applications.</summary>
    public static IReadOnlyList<ServiceItem> All { get; } = [.. Read()];

    /// <summary>Writes and publishes the items whose offices are all there; those with a code that exists already stay as they are.</summary>
    /// <returns>How many were published.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var who = Caller.Platform("seed");
        await Fees(who, cancel);
        var around = await items.Around(cancel);
        var wanted = All.Where(item => item.JointOffices.Prepend(item.Office).All(office => offices.Find(office) is not null)).Select(Here).ToList();
        var broken = wanted.SelectMany(item => ItemRules.Judge(item, around).Select(refusal => $"{item.Code}: {refusal.Code} {refusal.Sentence}")).ToList();
        if (broken.Count > 0)
        {
            throw new StartRefusedException(string.Join('\n', broken));
        }

        var fresh = new List<ServiceItem>();
        Demand(await store.Write(
            new Act(who, "approvals.item.seed", Text.Seeded), ItemResources.Schema,
            async session =>
            {
                await session.Lock("item-seed", cancel);
                var first = wanted.Select(item => ItemEdition.KeyOf(item.Code, 1)).ToArray();
                var there = await session.Session.List($"select key from approvals.item_edition where key = any({first})", row => row.GetString(0), cancel);
                fresh.AddRange(wanted.Where(item => !there.Contains(ItemEdition.KeyOf(item.Code, 1))));
                return await ItemPublication.First(session, [.. fresh.Select(item => (First(item, who, session.At), item))], cancel);
            },
            cancel));
        var published = await types.Publish([.. fresh.Select(ItemCaseType.Of)], who, cancel);
        if (!published.Ok)
        {
            throw new StartRefusedException(published.Refusals.ToString());
        }

        foreach (var follower in followers)
        {
            await follower.Seeded(cancel);
        }

        return fresh.Count;
    }

    /// <summary>The lower offices that review first are those that this city has; without any, its own office does all.</summary>
    private ServiceItem Here(ServiceItem item)
    {
        if (item.FirstReview is not { } first)
        {
            return item;
        }

        var lower = offices.All.Where(office => office.Parent == item.Office).OrderBy(office => office.Code, StringComparer.Ordinal)
            .Select(office => new AnswerChoice(office.Code, office.Name)).ToList();
        return lower.Count < 2
            ? item with { FirstReview = null, Questions = [.. item.Questions.Where(question => question.Name != first.Question)] }
            : item with { Questions = [.. item.Questions.Select(question => question.Name == first.Question ? question with { Choices = lower } : question)] };
    }

    private static ItemEdition First(ServiceItem item, Caller who, DateTimeOffset at) => new()
    {
        Key = ItemEdition.KeyOf(item.Code, 1),
        Code = item.Code,
        Number = 1,
        Name = item.Name,
        Office = item.Office,
        State = EditionState.Published,
        Body = ItemJson.Write(item),
        Authors = who.Id,
        AuthorNames = who.Name,
        SubmittedAt = at,
        Reviewer = who.Id,
        ReviewerName = who.Name,
        ReviewedAt = at,
    };

    /// <summary>The fees that national law sets for these items and what it lets off, published, as far as they are not there.</summary>
    private async Task Fees(Caller who, CancellationToken cancel)
    {
        Demand(await store.Write(
            new Act(who, "approvals.fee.seed", Text.Seeded), Platform.Ledger.Resources.Schema,
            async session =>
            {
                await session.Lock("fee-seed", cancel);
                var refusals = Refusals.None;
                foreach (var fee in ReadFees().Where(fee => offices.Find(fee.Office) is not null))
                {
                    if (await session.Get(FeeItems, fee.Code, cancel) is null)
                    {
                        var insert = new Change.Insert(FeeItems, fee.Code, Typed<FeeItem>.Values(fee)) { ValidFrom = FeesFrom };
                        refusals = refusals.And((await session.Apply(insert, cancel)).Refusals);
                    }
                }

                foreach (var relief in ReadReliefs())
                {
                    if (await session.Get(FeeItems, relief.FeeItem, cancel) is not null && await session.Get(Reliefs, relief.Code, cancel) is null)
                    {
                        var insert = new Change.Insert(Reliefs, relief.Code, Typed<Relief>.Values(relief)) { ValidFrom = FeesFrom };
                        refusals = refusals.And((await session.Apply(insert, cancel)).Refusals);
                    }
                }

                return refusals;
            },
            cancel));
    }

    private static void Demand(Outcome<Written> written)
    {
        if (!written.Ok)
        {
            throw new StartRefusedException(written.Refusals.ToString());
        }
    }

    private static ResourceDefinition FeeItems => Platform.Ledger.Resources.FeeItem;

    private static ResourceDefinition Reliefs => Platform.Ledger.Resources.Relief;

    private static readonly DateOnly FeesFrom = new(2020, 1, 1);

    private static IReadOnlyList<FeeItem> ReadFees() => System.Text.Json.JsonSerializer.Deserialize<FeeItem[]>(Resource(Folder + "fees.json"), DefinitionJson.Options)!;

    private static IReadOnlyList<Relief> ReadReliefs() => System.Text.Json.JsonSerializer.Deserialize<Relief[]>(Resource(Folder + "reliefs.json"), DefinitionJson.Options)!;

    private static IEnumerable<ServiceItem> Read() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !name.EndsWith("/fees.json", StringComparison.Ordinal) && !name.EndsWith("/reliefs.json", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(name => System.Text.Json.JsonSerializer.Deserialize<ServiceItem[]>(Resource(name), DefinitionJson.Options)!)
        .Select(item => item.Places.Count > 0 ? item : item with { Places = [Hall] });

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
