using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry;

/// <summary>How one kind of reader sees the records of a resource: which fields, which of them masked.</summary>
internal sealed class ReadView
{
    private static readonly ConditionalWeakTable<Access, ConcurrentDictionary<(bool Clear, string Fields), ReadView>> Known = [];

    private readonly bool[] _shown;
    private readonly bool[] _masked;

    private ReadView(Access access, ResourceDefinition resource, bool clear, IReadOnlyList<string>? fields)
    {
        Access = access;
        Plan = Plan.Of(resource);
        _shown = [.. Plan.Fields.Select(field => access.Shows(field) && (fields is null || fields.Contains(field.Name)))];
        _masked = [.. Plan.Fields.Select(field => !clear && access.MaskOf(field) != MaskShape.None)];
        Names = [.. Plan.Fields.Where((_, i) => _shown[i]).Select(field => MaskOf(field) != MaskShape.None && (clear || access.MaskOf(field) == MaskShape.None) ? field.Name + "!" : field.Name)];
    }

    public Access Access { get; }

    public Plan Plan { get; }

    /// <summary>The fields as the read record names them; <c>!</c> marks one that was shown in clear.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <param name="access">What the reader of the request may do; null: he may not read.</param>
    public static ReadView? Of(Access? access, ReadRequest request) =>
        access is null || (request.Clear && !access.Clear)
            ? null
            : Known.GetOrCreateValue(access).GetOrAdd(
                (request.Clear, request.Fields is null ? "*" : string.Join(',', request.Fields)),
                static (_, given) => new ReadView(given.access, given.request.Resource, given.request.Clear, given.request.Fields),
                (access, request));

    /// <summary>The mask of a field: its own, else its kind's; graded fields without one are hidden whole.</summary>
    public static MaskShape MaskOf(FieldDefinition field) =>
        field.Mask != MaskShape.None ? field.Mask
        : field.Grade < Grade.Sensitive ? MaskShape.None
        : field.Type.Mask != MaskShape.None ? field.Type.Mask
        : MaskShape.Whole;

    public ShownRecord Show(Record record)
    {
        var values = new object?[_shown.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = _shown[i] ? record.Values[i] : null;
            values[i] = value is not null && _masked[i]
                ? Masks.Apply(Access.MaskOf(Plan.Fields[i]), value as string ?? Plan.Fields[i].Type.Write(Plan.Fields[i], value))
                : value;
        }

        return new(record, values, _masked);
    }
}
