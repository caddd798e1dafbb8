using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>New records, changes and deletions by form. Every answer to a refusal is the same form, all faults first.</summary>
internal sealed class RecordEdit(
    ResourceRegistry registry, GovernedReader reader, RecordReader stored, RecordStore store, RecordForm forms, TimeProvider time)
{
    private const string Conflicted = "REG-W03";
    private const string Gone = "REG-W02";
    private const string OtherRequest = "REG-W07";

    public async Task<IResult> New(HttpContext context, string resource, CancellationToken cancel)
    {
        if (Writable(context, resource) is not { } found)
        {
            return Results.NotFound();
        }

        var inputs = await forms.Inputs(found.Definition, null, null, cancel);
        var model = new RecordFormModel(found.Definition, inputs, Ulid.Next(time)) { ValidFrom = Moments.Write(time.Today()) };
        return Show(context, model, NotEditable(found));
    }

    public async Task<IResult> Create(HttpContext context, string resource, CancellationToken cancel)
    {
        if (Writable(context, resource) is not { } found)
        {
            return Results.NotFound();
        }

        var definition = found.Definition;
        var form = await Posted.Read(context, cancel);
        var (sent, refusals) = await forms.Sent(definition, form, context.Caller(), cancel);
        var (from, to, badDays) = RecordForm.Days(definition, form);
        var values = sent.ToDictionary(pair => pair.Key, object? (pair) => pair.Value, StringComparer.Ordinal);
        var whole = RecordCheck.Whole(definition, values);
        refusals = refusals.And(NotEditable(found)).And(whole.Refusals).And(badDays);
        if (whole.Ok)
        {
            refusals = refusals.And(InScope(found, whole.Value));
        }

        if (!refusals.Any)
        {
            var act = RecordForm.Act(context.Caller(), "record.create", form, sent);
            var written = await store.Write(act, [new Change.Insert(definition, "", values) { ValidFrom = from, ValidTo = to }], cancel);
            if (written.Ok)
            {
                return Ui.Pages.SeeOther(Addresses.Record(definition, written.Value.Records[0].Key, "?done=created"));
            }

            refusals = written.Refusals;
        }

        var model = Filled(new(definition, await forms.Inputs(definition, null, sent, cancel), Once(form, refusals)), form);
        return Show(context, model, refusals);
    }

    public async Task<IResult> Edit(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (Writable(context, resource) is not { } found || await Read(context, found, key, cancel) is not { } record)
        {
            return Results.NotFound();
        }

        var inputs = await forms.Inputs(found.Definition, record, null, cancel);
        var model = new RecordFormModel(found.Definition, inputs, Ulid.Next(time))
        {
            Key = record.Key,
            Title = FieldText.Title(registry, record),
            Version = record.Record.Version,
            ValidFrom = record.Record.ValidFrom is { } first ? Moments.Write(first) : "",
            ValidTo = record.Record.ValidTo is { } last ? Moments.Write(last) : "",
        };
        return Show(context, model, NotEditable(found));
    }

    public async Task<IResult> Save(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (Writable(context, resource) is not { } found || await Read(context, found, key, cancel) is not { } record)
        {
            return Results.NotFound();
        }

        var definition = found.Definition;
        var form = await Posted.Read(context, cancel);
        var version = Number(form[Posted.Version]);
        var (sent, refusals) = await forms.Sent(definition, form, context.Caller(), cancel);
        if (version is null || await stored.Version(definition, record.Key, version.Value, cancel) is not { } before)
        {
            refusals = refusals.And(Refusals.Of(new Refusal("REG-P11", "", Text.BadVersion)));
            return await Again(context, definition, record, form, sent, record.Record.Version, refusals, cancel);
        }

        var (from, to, badDays) = RecordForm.Days(definition, form);
        var changes = RecordForm.Changes(before, sent, form);
        var undecided = Decide(definition, changes, form);
        var after = RecordCheck.Changed(definition, before.Values, changes);
        refusals = refusals.And(NotEditable(found)).And(after.Refusals).And(badDays).And(RecordForm.NeedsReason(form));
        if (after.Ok)
        {
            refusals = refusals.And(InScope(found, after.Value));
        }

        if (undecided.Any)
        {
            return Conflict(context, found, before, record, changes, form, refusals.And(undecided));
        }

        if (refusals.Any)
        {
            return await Again(context, definition, record, form, sent, before.Version, refusals, cancel);
        }

        var act = RecordForm.Act(context.Caller(), "record.edit", form, sent);
        var change = new Change.Update(definition, record.Key, before.Version, changes)
        {
            ValidFrom = from,
            ValidTo = to,
            OpenEnded = RecordForm.OpenEnded(definition, form),
        };
        var written = await store.Write(act, [change], cancel);
        if (written.Ok)
        {
            return Ui.Pages.SeeOther(Addresses.Record(definition, record.Key, written.Value.Id == 0 ? "?done=unchanged" : "?done=saved"));
        }

        if (!written.Refusals.Any(refusal => refusal.Code == Conflicted))
        {
            return await Again(context, definition, record, form, sent, before.Version, written.Refusals, cancel);
        }

        return await Read(context, found, key, cancel) is { } theirs
            ? Conflict(context, found, before, theirs, changes, form, Refusals.None)
            : Results.NotFound();
    }

    public async Task<IResult> Confirm(HttpContext context, string resource, string key, CancellationToken cancel) =>
        Writable(context, resource) is { } found && await Read(context, found, key, cancel) is { } record
            ? ShowDelete(context, found.Definition, record, null, NotEditable(found))
            : Results.NotFound();

    public async Task<IResult> Delete(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (Writable(context, resource) is not { } found)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        if (await Read(context, found, key, cancel) is not { } record)
        {
            // A form that is sent twice finds nothing the second time: it is gone, as was asked.
            return Ui.Pages.SeeOther(Addresses.List(found.Definition) + "?done=deleted");
        }

        var version = Number(form[Posted.Version]);
        var refusals = NotEditable(found).And(RecordForm.NeedsReason(form))
            .And(version is null ? Refusals.Of(new Refusal("REG-P11", "", Text.BadVersion)) : Refusals.None);
        if (!refusals.Any)
        {
            var act = RecordForm.Act(context.Caller(), "record.delete", form);
            var written = await store.Write(act, [new Change.Delete(found.Definition, record.Key, version)], cancel);
            if (written.Ok || written.Refusals.Any(refusal => refusal.Code == Gone))
            {
                return Ui.Pages.SeeOther(Addresses.List(found.Definition) + "?done=deleted");
            }

            refusals = written.Refusals;
        }

        return ShowDelete(context, found.Definition, record, form, refusals);
    }

    /// <summary>
    /// On the conflict page every field that both changed needs a choice. What is to stay theirs is no change of mine.
    /// </summary>
    private static Refusals Decide(ResourceDefinition definition, Dictionary<string, object?> changes, Posted form)
    {
        var undecided = new List<Refusal>();
        foreach (var name in form.All(Posted.Contested))
        {
            switch (form[Posted.ChoicePrefix + name])
            {
                case "mine":
                    break;
                case "theirs":
                    changes.Remove(name);
                    break;
                default:
                    undecided.Add(new("REG-P12", Posted.ChoicePrefix + name, Text.ChooseFor(definition.Field(name)?.Label ?? name)));
                    break;
            }
        }

        return new(undecided);
    }

    private static IResult Conflict(
        HttpContext context, Found found, Record before, ShownRecord theirs, Dictionary<string, object?> mine, Posted form, Refusals refusals)
    {
        var view = ReadView.Of(found.Access, new ReadRequest(context.Caller(), found.Definition))!;
        var model = new RecordConflictModel(found.Definition, theirs, Conflicts.Of(view.Show(before), theirs, mine, form), form, Once(form));
        return context.Show<RecordConflictPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : StatusCodes.Status409Conflict);
    }

    private async Task<IResult> Again(
        HttpContext context, ResourceDefinition definition, ShownRecord record, Posted form, Dictionary<string, string> sent, int version,
        Refusals refusals, CancellationToken cancel)
    {
        var model = new RecordFormModel(definition, await forms.Inputs(definition, record, sent, cancel), Once(form, refusals))
        {
            Key = record.Key,
            Title = FieldText.Title(registry, record),
            Version = version,
        };
        return Show(context, Filled(model, form), refusals);
    }

    private IResult ShowDelete(HttpContext context, ResourceDefinition definition, ShownRecord record, Posted? form, Refusals refusals)
    {
        var model = new RecordDeleteModel(
            definition, record, FieldText.Title(registry, record), form is null ? Ulid.Next(time) : Once(form), form?[Posted.Reason] ?? "", form?[Posted.Case] ?? "");
        return context.Show<RecordDeletePage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private static IResult Show(HttpContext context, RecordFormModel model, Refusals refusals) =>
        context.Show<RecordFormPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);

    private static RecordFormModel Filled(RecordFormModel model, Posted form) => model with
    {
        Reason = form[Posted.Reason],
        Case = form[Posted.Case],
        ValidFrom = form[Posted.ValidFrom],
        ValidTo = form[Posted.ValidTo],
    };

    private Found? Writable(HttpContext context, string resource) =>
        registry.Find(resource) is { } definition && reader.AccessOf(context.Caller(), definition) is { Write: true } access
            ? new(definition, access)
            : null;

    private Task<ShownRecord?> Read(HttpContext context, Found found, string key, CancellationToken cancel) =>
        reader.Get(new ReadRequest(context.Caller(), found.Definition), Addresses.Key(key), null, cancel);

    private static Refusals NotEditable(Found found) => found.Definition.Editable
        ? Refusals.None
        : Refusals.Of(new Refusal("REG-P13", "", Text.NotEditable));

    private static Refusals InScope(Found found, object?[] values)
    {
        var plan = Plan.Of(found.Definition);
        string Written(string name) => plan.Position(name) is >= 0 and var i ? plan.Fields[i].Type.Write(plan.Fields[i], values[i]) : "";
        return Scope.Holds(found.Access.Scope, Written)
            ? Refusals.None
            : Refusals.Of(new Refusal("REG-P14", found.Definition.ScopeField ?? "", Text.OutOfScope));
    }

    private static string Once(Posted form) => form.Or(Posted.Once) ?? "";

    // A form whose number was used for other content gets a new one: sent again, it is saved.
    private string Once(Posted form, Refusals refusals) =>
        refusals.Any(refusal => refusal.Code == OtherRequest) ? Ulid.Next(time) : Once(form);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Found(ResourceDefinition Definition, Access Access);
}
