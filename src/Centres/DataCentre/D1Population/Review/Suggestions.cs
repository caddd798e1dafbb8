using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What other offices think should stand in a field, kept for the one whose word counts.</summary>
public sealed class Suggestions(RecordStore store, TimeProvider time)
{
    public async Task<Outcome<Written>> Make(
        Caller who, string person, string? field, string? proposed, string? grounds, CancellationToken cancel = default)
    {
        var definition = field is null ? null : Resources.Person.Field(field);
        var refusals = Refusals.Of(
            definition?.Authority is null ? new Refusal("D1-G01", "field_name", Text.ChooseField) : null,
            proposed is null ? new Refusal("D1-G02", "proposed", Text.Unanswered("建议值")) : null,
            grounds is null ? new Refusal("D1-G03", "grounds", Text.Unanswered("理由")) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var suggestion = new Suggestion
        {
            Person = person,
            FieldName = field!,
            Proposed = proposed!,
            Grounds = grounds!,
            Office = who.Office,
            Authority = definition!.Authority!,
            MadeOn = time.Today(),
            State = SuggestionState.Open,
        };
        return await store.Write(
            new Act(who, "population.suggestion", grounds), [new Change.Insert(Resources.Suggestion, "", Typed<Suggestion>.Values(suggestion))], cancel);
    }

    public Task<Outcome<Written>> Answer(Caller who, string key, string? state, string? answer, CancellationToken cancel = default) => store.Write(
        new Act(who, "population.suggestion-answer", answer),
        Resources.Schema,
        async session =>
        {
            if (await session.Get(Resources.Suggestion, key, cancel) is not { } record)
            {
                return Refusals.Of(new Refusal("D1-G04", "", Text.NoSuchSuggestion));
            }

            var suggestion = Typed<Suggestion>.Of(record);
            var refusals = Refusals.Of(
                state is not (SuggestionState.Accepted or SuggestionState.Declined) ? new Refusal("D1-G05", "state", Text.ChooseDecision) : null,
                answer is null ? new Refusal("D1-G06", $"answer-{key}", Text.Unanswered("答复")) : null,
                suggestion.Authority != FieldAuthority.Function(who.Office)
                    ? new Refusal("D1-G07", "", Text.NotTheAuthority(suggestion.FieldName, FieldAuthority.Office(suggestion.Authority))) : null);
            return refusals.Any
                ? refusals
                : (await session.Apply(
                    new Change.Update(Resources.Suggestion, key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = state, ["answer"] = answer }),
                    cancel)).Refusals;
        },
        cancel);
}
