using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// What a package asks for altogether: every question and every material once, with the items that it serves, and how
/// each child finds its own in it. Pure.
/// </summary>
public sealed class PackageUnion
{
    private readonly ServicePackage _package;
    private readonly List<Part> _parts = [];
    private readonly List<Refusal> _refusals = [];
    private readonly List<AskedOnce> _questions = [];
    private readonly List<NeededOnce> _materials = [];

    private PackageUnion(ServicePackage package, IReadOnlyList<ServiceItem> items)
    {
        _package = package;
        foreach (var part in package.Items)
        {
            if (items.FirstOrDefault(item => item.Code == part.Item) is { } item)
            {
                _parts.Add(new(part, item, ItemCaseType.Of(item)));
            }
        }

        Ask();
        Need();
    }

    /// <summary>Questions in the order in which they are asked.</summary>
    public IReadOnlyList<AskedOnce> Questions => _questions;

    public IReadOnlyList<NeededOnce> Materials => _materials;

    /// <summary>Where two items contradict each other, so that one answer or paper cannot serve both.</summary>
    public IReadOnlyList<Refusal> Conflicts => _refusals;

    public IReadOnlyList<ChildCase> Children =>
    [
        .. _parts.Select(part => new ChildCase(part.Item.Code, part.Item.CaseType, part.Of.After)
        {
            When = part.Of.When,
            Office = part.Item.Office,
            Questions = new SortedDictionary<string, string>(part.Names, StringComparer.Ordinal),
            Given = new SortedDictionary<string, string>(part.Of.Given.ToDictionary(), StringComparer.Ordinal),
            Materials = new SortedDictionary<string, string>(part.Papers, StringComparer.Ordinal),
            Made = new SortedDictionary<string, IReadOnlyList<string>>(part.Of.Made.ToDictionary(made => made.Material, made => made.By), StringComparer.Ordinal),
            Begins = ItemSteps.AcceptJointly,
        }),
    ];

    public static PackageUnion Of(ServicePackage package, IReadOnlyList<ServiceItem> items) => new(package, items);

    private void Ask()
    {
        var taken = _package.Questions.Select(question => question.Name)
            .Concat(_package.SharedQuestions.Select(shared => shared.Name)).ToHashSet(StringComparer.Ordinal);
        var groups = new List<(string Key, string? Name, SharedQuestion? Shared, List<(Part? Part, ItemQuestion Question)> Uses)>();
        groups.AddRange(_package.Questions.Select(question => ("name:" + question.Name, (string?)question.Name, (SharedQuestion?)null, new List<(Part?, ItemQuestion)> { (null, question) })));
        foreach (var part in _parts)
        {
            foreach (var question in part.Item.Questions.Where(question => !part.Of.Given.ContainsKey(question.Name)))
            {
                var shared = _package.SharedQuestions.FirstOrDefault(one => one.Uses.Contains($"{part.Item.Code}.{question.Name}", StringComparer.Ordinal));
                var key = shared is not null ? "name:" + shared.Name : $"same:{question.Name}|{question.Label}";
                var at = groups.FindIndex(group => group.Key == key);
                if (at < 0)
                {
                    at = groups.Count;
                    groups.Add((key, shared?.Name, shared, []));
                }

                groups[at].Uses.Add((part, question));
            }
        }

        foreach (var (_, fixedName, shared, uses) in groups)
        {
            var (first, question) = uses[0];
            var name = fixedName ?? (uses.Count > 1 && taken.Add(question.Name) ? question.Name : $"{first!.Item.Code.Replace('-', '_')}_{question.Name}");
            foreach (var (part, used) in uses)
            {
                part?.Names.Add(used.Name, name);
            }

            _questions.Add(new(name, shared?.Label ?? question.Label, uses) { KnownHere = shared?.Known });
        }

        // Conditions speak of names: they can be read when all questions have theirs.
        foreach (var asked in _questions)
        {
            _refusals.AddRange(asked.Conflicts());
            asked.When = asked.Uses.Aggregate(Alternatives.Never, (either, use) => either.Or(
                use.Part is { } part ? Concerns(part).And(Reads(part, use.Question.When)) : Own(use.Question.When)));
        }

        _questions.RemoveAll(asked => asked.When.IsNever);
    }

    private void Need()
    {
        foreach (var part in _parts)
        {
            foreach (var material in part.Type.Materials.Where(material => !part.Of.Covered.Contains(material.Code, StringComparer.Ordinal)))
            {
                var when = Concerns(part).And(Reads(part, material.When));
                if (part.Of.Made.FirstOrDefault(made => made.Material == material.Code) is { } made)
                {
                    // Whom none of its makers concerns has it already.
                    when = when.And(made.By.Select(code => _parts.Find(other => other.Item.Code == code)).OfType<Part>()
                        .Aggregate(Alternatives.Never, (either, maker) => either.Or(Concerns(maker))).Not());
                }

                if (when.IsNever)
                {
                    continue;
                }

                var shared = _package.SharedMaterials.FirstOrDefault(one => one.Uses.Contains($"{part.Item.Code}.{material.Code}", StringComparer.Ordinal));
                var needed = _materials.Find(one => shared is not null
                    ? one.Code == shared.Code
                    : (material.Known is not null && one.Known == material.Known) || (!one.IsShared && one.Name == material.Name));
                if (needed is null)
                {
                    needed = new(shared?.Code ?? $"{part.Item.Code}.{material.Code}", shared?.Name ?? material.Name, shared is not null);
                    _materials.Add(needed);
                }

                needed.Add(part, material, when);
                part.Papers.Add(material.Code, needed.Code);
            }
        }
    }

    private static Alternatives Own(Condition? when) => Alternatives.Read(when, name => name, new Dictionary<string, string>());

    private static Alternatives Concerns(Part part) => Own(part.Of.When);

    private static Alternatives Reads(Part part, Condition? when) => Alternatives.Read(when, part.Names.GetValueOrDefault, part.Of.Given);

    /// <summary>An item at its place in the package.</summary>
    public sealed record Part(PackageItem Of, ServiceItem Item, CaseType Type)
    {
        /// <summary>The name here of each of its questions.</summary>
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        /// <summary>The code here of each of its materials.</summary>
        public Dictionary<string, string> Papers { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>A question that is asked once, for whatever needs its answer.</summary>
public sealed record AskedOnce(string Name, string Label, IReadOnlyList<(PackageUnion.Part? Part, ItemQuestion Question)> Uses)
{
    internal Alternatives When { get; set; } = Alternatives.Always;

    /// <summary>From where the package knows it, whatever its items say; null: as they do.</summary>
    public string? KnownHere { get; init; }

    /// <summary>Names of the items that it serves.</summary>
    public IReadOnlyList<string> Serves => [.. Uses.Select(use => use.Part?.Item.Name).OfType<string>().Distinct(StringComparer.Ordinal)];

    public string? Known => KnownHere ?? Uses.Select(use => use.Question.Known).FirstOrDefault(known => known is not null);

    /// <summary>The strictest of what its items demand.</summary>
    public CaseQuestion Question()
    {
        var first = Uses[0].Question;
        return new(new Platform.Registry.FieldDefinition
        {
            Name = Name,
            Label = Label,
            Type = first.Type,
            Required = Uses.Any(use => use.Question.Required),
            Note = string.Join('；', Uses.Select(use => use.Question.Note).Where(note => note.Length > 0).Distinct(StringComparer.Ordinal)),
            Min = Strictest(use => use.Min, 1),
            Max = Strictest(use => use.Max, -1),
            LengthMax = Uses.Select(use => use.Question.LengthMax).Min(),
        })
        {
            When = When.Condition(),
            Known = Known,
            Choices = first.Choices,
        };
    }

    /// <summary>The one bound that keeps within all: the greatest least, the least greatest; days are compared as they are written.</summary>
    private string? Strictest(Func<ItemQuestion, string?> bound, int sign) => Uses.Select(use => bound(use.Question)).OfType<string>()
        .OrderByDescending(text => decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number * sign : 0)
        .ThenByDescending(text => text, sign > 0 ? StringComparer.Ordinal : Comparer<string>.Create(static (one, other) => string.CompareOrdinal(other, one)))
        .FirstOrDefault();

    /// <summary>One answer cannot serve questions of different kinds.</summary>
    public IEnumerable<Refusal> Conflicts()
    {
        var first = Uses[0].Question;
        foreach (var (part, question) in Uses.Skip(1))
        {
            var differs = question.Type.Name != first.Type.Name ? Text.TypesDiffer(Label, part!.Item.Name)
                : !question.Choices.Select(choice => choice.Value).SequenceEqual(first.Choices.Select(choice => choice.Value), StringComparer.Ordinal) ? Text.ChoicesDiffer(Label, part!.Item.Name)
                : KnownHere is null && question.Known is not null && Known is { } known && question.Known != known ? Text.SourcesDiffer(Label, part!.Item.Name)
                : null;
            if (differs is not null)
            {
                yield return new("S11-R61", Name, differs);
            }
        }
    }
}

/// <summary>A material that is handed in once, for whatever needs it.</summary>
/// <param name="IsShared">The package itself says for what it serves.</param>
public sealed record NeededOnce(string Code, string Name, bool IsShared)
{
    private readonly List<(PackageUnion.Part Part, MaterialRule Material)> _uses = [];
    private Alternatives _when = Alternatives.Never;
    private Alternatives _required = Alternatives.Never;

    public string? Known { get; private set; }

    public IReadOnlyList<string> Serves => ServesOf(_ => true);

    /// <summary>Names of the items that it serves, of those that concern somebody.</summary>
    public IReadOnlyList<string> ServesOf(Func<string, bool> concerns) =>
        [.. _uses.Where(use => concerns(use.Part.Item.Code)).Select(use => use.Part.Item.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>How a good one looks, where an item says it.</summary>
    public string Sample => _uses.Select(use => use.Part.Item.Materials.FirstOrDefault(one => one.Code == use.Material.Code)?.Sample ?? "").FirstOrDefault(text => text.Length > 0) ?? "";

    internal void Add(PackageUnion.Part part, MaterialRule material, Alternatives when)
    {
        _uses.Add((part, material));
        _when = _when.Or(when);
        _required = material.Required ? _required.Or(when) : _required;
        Known ??= material.Known;
    }

    /// <summary>Demanded where any item demands it; to follow later only where every item lets it.</summary>
    public MaterialRule Rule()
    {
        var required = !_required.IsNever;
        return new(Code, Name)
        {
            Required = required,
            When = (required ? _required : _when).Condition(),
            Note = string.Join('；', _uses.Select(use => use.Material.Note).Where(note => note.Length > 0).Distinct(StringComparer.Ordinal)),
            Known = Known,
            Secondary = _uses.TrueForAll(use => use.Material.Secondary),
            Basis = _uses.Select(use => use.Material.Basis).FirstOrDefault(basis => basis is not null),
        };
    }
}
