using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// 一件事: what somebody wants done for which several offices are needed. One lead, one form, one set of materials, one
/// total clock; each office decides its own item (行政许可法 art. 26, 优化营商环境条例 art. 41).
/// </summary>
public sealed record ServicePackage
{
    /// <summary>Permanent: part of the address of the guide and of the code of the case type.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>When it is for me, in the words of somebody who needs it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>牵头单位: receives, leads, tells.</summary>
    public required string Office { get; init; }

    /// <summary>Life events, first the one under which it is found: codes of <see cref="ItemCodes.Themes"/>.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>What people call it.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public Applicants Applicants { get; init; } = Applicants.Everyone;

    /// <summary>Whether parents may apply on line for their minor children.</summary>
    public Wards Wards { get; init; } = Wards.None;

    public IReadOnlyList<Basis> Bases { get; init; } = [];

    /// <summary>The whole that it is a stage of, and which stage: 工程建设项目审批 has four. Empty: it stands alone.</summary>
    public string Series { get; init; } = "";

    public int Stage { get; init; }

    /// <summary>The legal limit of everything together; null: each item has its own only.</summary>
    public TimeLimit? Legal { get; init; }

    /// <summary>What the applicant is promised for everything together.</summary>
    public required TimeLimit Promised { get; init; }

    public ItemExtension? Extension { get; init; }

    public int CorrectionDays { get; init; } = 30;

    /// <summary>Asked by the package itself, mostly which of the items concern this applicant. They come first.</summary>
    public IReadOnlyList<ItemQuestion> Questions { get; init; } = [];

    public required IReadOnlyList<PackageItem> Items { get; init; }

    /// <summary>Questions of several items that one answer serves, beyond those with the same name and words.</summary>
    public IReadOnlyList<SharedQuestion> SharedQuestions { get; init; } = [];

    /// <summary>Materials of several items that are one paper, beyond those of the same source or name.</summary>
    public IReadOnlyList<SharedMaterial> SharedMaterials { get; init; } = [];

    /// <summary>联合踏勘: offices that have to come and look come together.</summary>
    public bool JointVisit { get; init; }

    /// <summary>The code of its case type.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string CaseType => CaseTypeOf(Code);

    public const string TypePrefix = "approvals/package-";

    public static string CaseTypeOf(string code) => TypePrefix + code;
}

/// <summary>An item in a package.</summary>
/// <param name="Item">Its code; also that of the child.</param>
public sealed record PackageItem(string Item)
{
    /// <summary>Items of the package that must have come about before.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Whom it concerns, by questions of the package; null: everybody.</summary>
    public Condition? When { get; init; }

    /// <summary>Answers that follow from the package: a restaurant's kind of food business is catering.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Materials that the one form of the package takes the place of: the application forms of the items.</summary>
    public IReadOnlyList<string> Covered { get; init; } = [];

    /// <summary>Materials that other items of the package bring about.</summary>
    public IReadOnlyList<PackageMaterial> Made { get; init; } = [];
}

/// <summary>A material that comes out of another item of the same package.</summary>
/// <param name="By">The items that make it; whom none of them concerns has it already, or brings it.</param>
public sealed record PackageMaterial(string Material, IReadOnlyList<string> By);

/// <summary>One question for several items.</summary>
/// <param name="Name">Its name in the package; also that of a question of the package itself.</param>
/// <param name="Uses">Questions that it answers, as <c>food-business.area</c>.</param>
/// <param name="Label">How it is asked; null: as the first of them asks.</param>
/// <param name="Known">From where it is known in the package; null: as its questions are.</param>
public sealed record SharedQuestion(string Name, IReadOnlyList<string> Uses, string? Label = null, string? Known = null);

/// <summary>One paper for several items.</summary>
/// <param name="Uses">Materials that it serves as, as <c>fire-acceptance.report</c>.</param>
public sealed record SharedMaterial(string Code, string Name, IReadOnlyList<string> Uses);
