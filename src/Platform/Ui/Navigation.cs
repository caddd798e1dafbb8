using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Platform.Ui;

/// <summary>The fixed entries of the menus; those of the systems come after them from their title pages.</summary>
internal static class Navigation
{
    private static readonly MenuEntry[] Portal =
    [
        new(MenuPlace.Portal, "首页", "/"),
        new(MenuPlace.Portal, "办事服务", "/services"),
        new(MenuPlace.Portal, "信息公开", "/disclosure"),
        new(MenuPlace.Portal, "信息目录", "/catalogue"),
        new(MenuPlace.Portal, Wording.Enquiries, "/enquiries"),
    ];

    private static readonly MenuEntry[] Desk =
    [
        new(MenuPlace.Desk, "工作台", "/desk"),
        new(MenuPlace.Desk, "信息目录", "/catalogue"),
    ];

    /// <summary>
    /// What the main menu of a public page holds: as much as fits one line of a screen and two of a phone. What the systems
    /// have for everybody stands at <c>/enquiries</c>.
    /// </summary>
    public static IEnumerable<MenuEntry> Main(PageContext page) => page.Caller.Kind == CallerKind.Staff
        ? Portal.Append(new MenuEntry(MenuPlace.Portal, Wording.Desk, "/desk"))
        : Portal.Append(new MenuEntry(MenuPlace.Portal, Wording.OwnSpace, "/me"));

    /// <summary>What the side menu of the desk and of the administration holds, in groups.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<MenuEntry> Entries)> Side(PageContext page)
    {
        yield return (Wording.Desk, [.. Desk, .. At(page, MenuPlace.Desk)]);
        var board = At(page, MenuPlace.Board);
        if (board.Count > 0)
        {
            yield return (Wording.Board, board);
        }

        var admin = At(page, MenuPlace.Admin);
        if (admin.Count > 0)
        {
            yield return (Wording.Admin, admin);
        }

        yield return (Wording.OwnSpace, [new(MenuPlace.Me, Wording.OwnSpace, "/me"), .. At(page, MenuPlace.Me)]);
    }

    /// <summary>The entry under which the page stands: the one with the longest address that leads to it.</summary>
    public static string? Current(string path, IEnumerable<MenuEntry> entries) => entries
        .Select(entry => entry.Address.Split('?')[0])
        .Where(address => path == address || (address.Length > 1 && path.StartsWith(address + "/", StringComparison.Ordinal)))
        .OrderByDescending(address => address.Length)
        .FirstOrDefault();

    private static List<MenuEntry> At(PageContext page, MenuPlace place) =>
        [.. page.Menu.Where(entry => entry.Place == place)];
}
