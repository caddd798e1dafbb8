using System.Collections.Concurrent;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.FrontNode;

/// <summary>The code lists of the resources that this node knows: the centre sends them with the definitions.</summary>
internal static class CodeLists
{
    private static readonly ConcurrentDictionary<string, CodeList> Known = new(StringComparer.Ordinal);
    private static bool _asked;

    /// <summary>Kinds of fields look lists up here from now on. Only in a process that is a node and nothing else.</summary>
    public static void Serve()
    {
        _asked = true;
        FieldTypes.Codes = name => Known.GetValueOrDefault(name);
    }

    public static void Learn(IEnumerable<CodeList> lists)
    {
        foreach (var list in _asked ? lists : [])
        {
            Known[list.Name] = list;
        }
    }
}
