using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Systems;

/// <summary>
/// The title page of a system: what it is, which clause asks for it, what it records, who may do what. Menu,
/// permissions, catalogue entries, interface, OpenAPI tag and rule index follow from it. The host lists its systems
/// by hand; nothing is scanned for.
/// </summary>
public abstract class CitySystem
{
    /// <summary>Clause of the programme: P1, C1, D1, S11.</summary>
    public abstract string Clause { get; }

    /// <summary>Chinese name.</summary>
    public abstract string Name { get; }

    /// <summary>Code of the office that answers for it.</summary>
    public abstract string Owner { get; }

    public virtual IReadOnlyList<ResourceDefinition> Resources => [];

    public virtual IReadOnlyList<CodeList> CodeLists => [];

    /// <summary>Rights beside those that every resource has anyway.</summary>
    public virtual IReadOnlyList<Permission> Permissions => [];

    /// <summary>Rules that can say no: code, sentence, basis. Shown at /about/rules and in docs/rules.md.</summary>
    public virtual IReadOnlyList<RuleEntry> Rules => [];

    /// <summary>Kinds of cases that it handles; those that offices make from data are not among them.</summary>
    public virtual IReadOnlyList<CaseType> CaseTypes => [];

    /// <summary>What it reads of other systems, each with its law: without a line here it reads nothing of them.</summary>
    public virtual IReadOnlyList<SystemRead> Reads => [];

    /// <summary>What programs may do with it beside what every resource offers.</summary>
    public virtual IReadOnlyList<ApiOperation> Operations => [];

    /// <summary>Entries in the desk's and the portal's menus.</summary>
    public virtual IReadOnlyList<MenuEntry> Menu => [];

    public virtual void Register(IServiceCollection services)
    {
    }

    public virtual void Map(IEndpointRouteBuilder routes)
    {
    }
}

/// <summary>A rule as the index shows it.</summary>
public sealed record RuleEntry(string Code, string Sentence, Kernel.Basis? Basis);

/// <summary>A line in a menu, shown to those who hold the permission; null: to everyone.</summary>
public sealed record MenuEntry(MenuPlace Place, string Label, string Address, string? Permission = null, string? Note = null)
{
    /// <summary>Among the ways in for everybody, smaller stands higher.</summary>
    public int Order { get; init; } = 100;
}

public enum MenuPlace
{
    Portal,
    Me,
    Desk,
    Board,
    Admin,
}
