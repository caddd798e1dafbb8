using System.Security.Cryptography;
using System.Text.Json;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>Turns a definition into the inputs of a form, and what was sent into values.</summary>
internal sealed class RecordForm(ResourceRegistry registry, RecordFiles files, TimeProvider time)
{
    /// <summary>The inputs, holding what was sent or else what the record holds.</summary>
    public async Task<IReadOnlyList<FormField>> Inputs(
        ResourceDefinition resource, ShownRecord? record, IReadOnlyDictionary<string, string>? sent, CancellationToken cancel)
    {
        var inputs = new List<FormField>();
        for (var i = 0; i < resource.Fields.Count; i++)
        {
            var field = resource.Fields[i];
            var held = record is { } shown && !shown.Masked[i] ? FormField.Text(field, shown.Values[i]) : "";
            var value = sent?.GetValueOrDefault(field.Name) ?? held;
            inputs.Add(new(field, value)
            {
                MaskedAs = record is { } hidden && hidden.Masked[i] ? hidden.Values[i] as string : null,
                Fixed = record is not null && field.Name == resource.Key,
                Choices = Choices(field, value),
                FileName = field.Type.Name == FieldKind.File && value.Length > 0 ? await files.NameOf(value, cancel) : null,
                TargetName = field.Target is { } target ? registry.Find(target)?.Name : null,
            });
        }

        return inputs;
    }

    /// <summary>
    /// What was sent, by field; and what is wrong with the sending itself: inputs that are not of the form, files
    /// that are not accepted.
    /// </summary>
    public async Task<(Dictionary<string, string> Sent, Refusals Refusals)> Sent(
        ResourceDefinition resource, Posted form, Caller who, CancellationToken cancel)
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        var refusals = new List<Refusal>();
        foreach (var field in resource.Fields)
        {
            if (form.Has(Posted.ClearPrefix + field.Name))
            {
                sent[field.Name] = "";
            }
            else if (field.Type.Name == FieldKind.File)
            {
                await TakeFile(field, form, who, sent, refusals, cancel);
            }
            else if (form.Has(field.Name))
            {
                sent[field.Name] = form[field.Name];
            }
        }

        var strange = form.Names.Where(name => !name.StartsWith('_') && resource.Field(name) is null).ToList();
        if (strange.Count > 0)
        {
            refusals.Add(new("REG-P01", "", Text.UnknownFields(strange)));
        }

        return (sent, new(refusals));
    }

    /// <summary>
    /// Only what differs from the version that the form was made from. An input of a masked field that was left
    /// empty means: as it is.
    /// </summary>
    public static Dictionary<string, object?> Changes(Record before, IReadOnlyDictionary<string, string> sent, Posted form)
    {
        var changes = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < before.Definition.Fields.Count; i++)
        {
            var field = before.Definition.Fields[i];
            if (!sent.TryGetValue(field.Name, out var text) || field.Name == before.Definition.Key)
            {
                continue;
            }

            var hidden = ReadView.MaskOf(field) != MaskShape.None && before.Values[i] is not null;
            if (hidden && string.IsNullOrWhiteSpace(text) && !form.Has(Posted.ClearPrefix + field.Name))
            {
                continue;
            }

            var parsed = field.Type.Parse(field, text);
            if (!parsed.Ok || !Equals(parsed.Value, before.Values[i]))
            {
                changes[field.Name] = text;
            }
        }

        return changes;
    }

    /// <summary>The form had an end of validity and it was emptied: the record holds until further notice.</summary>
    public static bool OpenEnded(ResourceDefinition resource, Posted form) =>
        resource.ValidTime && form.Has(Posted.ValidTo) && form.Or(Posted.ValidTo) is null;

    /// <summary>Why something is written: the purpose or the case must be said.</summary>
    public static Refusals NeedsReason(Posted form) =>
        form.Or(Posted.Reason) is null && form.Or(Posted.Case) is null
            ? Refusals.Of(new Refusal("REG-P10", Posted.Reason, Text.NeedReason))
            : Refusals.None;

    /// <summary>The days of a resource with valid time, as the form says them.</summary>
    public static (DateOnly? From, DateOnly? To, Refusals Refusals) Days(ResourceDefinition resource, Posted form)
    {
        if (!resource.ValidTime)
        {
            return (null, null, Refusals.None);
        }

        var from = form.Or(Posted.ValidFrom) is { } first ? Moments.ReadDay(first) : null;
        var to = form.Or(Posted.ValidTo) is { } last ? Moments.ReadDay(last) : null;
        return (from, to, Refusals.Of(
            form.Or(Posted.ValidFrom) is not null && from is null ? new Refusal("REG-P09", Posted.ValidFrom, Text.BadDay) : null,
            form.Or(Posted.ValidTo) is not null && to is null ? new Refusal("REG-P09", Posted.ValidTo, Text.BadDay) : null));
    }

    /// <param name="sent">The values that were sent, files by their addresses; null: the form has none.</param>
    public static Act Act(Caller who, string kind, Posted form, IReadOnlyDictionary<string, string>? sent = null) =>
        new(who, kind, form.Or(Posted.Reason), form.Or(Posted.Case))
        {
            Request = Fingerprint(form, sent),
            IdempotencyKey = form.Or(Posted.Once) is { Length: <= 64 } once ? "form:" + once : null,
        };

    // The same form sent twice is one act; a form that was changed after it was sent is another.
    private static byte[] Fingerprint(Posted form, IReadOnlyDictionary<string, string>? sent) => SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(form.Names
            .Where(name => name is not (Posted.Once or PageContext.FormTokenField))
            .Select(name => (Name: name, Value: form[name]))
            .Concat((sent ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(pair => (Name: pair.Key, pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .SelectMany(pair => (string[])[pair.Name, pair.Value])));

    private async Task TakeFile(
        FieldDefinition field, Posted form, Caller who, Dictionary<string, string> sent, List<Refusal> refusals, CancellationToken cancel)
    {
        if (form.Files[Posted.UploadPrefix + field.Name] is { Length: > 0 } file)
        {
            await using var content = file.OpenReadStream();
            var saved = await files.Save(field.Name, file.FileName, content, file.Length, who, cancel);
            refusals.AddRange(saved.Refusals);
            sent[field.Name] = saved.Ok ? saved.Value : form[field.Name];
        }
        else if (form.Has(field.Name))
        {
            sent[field.Name] = form[field.Name];
            if (form.Or(field.Name) is { } address && await files.NameOf(address, cancel) is null)
            {
                refusals.Add(new("REG-F22", field.Name, Text.NoSuchFile(field.Label)));
            }
        }
    }

    private IReadOnlyList<Choice> Choices(FieldDefinition field, string value)
    {
        if (field.CodeList is null || registry.Codes(field.CodeList) is not { } list)
        {
            return [];
        }

        var today = time.Today();
        return
        [
            .. list.Codes
                .Where(code => code.Until is null || code.Until >= today || code.Value == value)
                .Select(code => new Choice(code.Value, char.IsAsciiDigit(code.Value[0]) ? $"{code.Value} {code.Label}" : code.Label)),
        ];
    }
}
