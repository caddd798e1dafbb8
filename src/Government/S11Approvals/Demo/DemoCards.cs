using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>What the offices of the demo city do with their yellow and red cards.</summary>
internal sealed class DemoCards(CardDesk cards, RecordReader reader, DemoPeople people, WorkCalendar calendar, DemoAgenda agenda)
{
    /// <summary>What an office does with the cards of this morning: most are answered, some appealed, some left.</summary>
    public async Task Answer(DateOnly day, CancellationToken cancel)
    {
        var today = new Filter.Compare("issued_at", Comparison.GreaterOrEqual, PastTime.Midnight(day).ToUniversalTime());
        var issued = (await reader.List(Cards.Resource, new RecordQuery { Where = today, Limit = 500 }, cancel)).Records.Select(Typed<Card>.Of);
        foreach (var card in issued.Where(card => card.Kind is CardKind.Yellow or CardKind.Red))
        {
            var turn = card.Number.Sum(letter => letter) % 10;
            if (turn >= 8 || people.Office(card.Office) is not { } office)
            {
                continue;
            }

            var (number, next) = (card.Number, PastTime.Midnight(calendar.Add(day, 1)).AddHours(9));
            if (turn < 6)
            {
                agenda.On(next, DemoAgenda.Offices, async () => await cards.Correct(office.Head, number, Text.CorrectedCard, "demo:card:" + number, cancel));
            }
            else if (people.Office(EfficiencyParts.Office) is { } supervision && supervision != office)
            {
                agenda.On(next, DemoAgenda.Offices, async () => await cards.Appeal(office.Head, number, Text.AppealedCard, "demo:card:" + number, cancel));
                agenda.On(PastTime.Midnight(calendar.Add(day, 3)).AddHours(15), DemoAgenda.Offices, async () => await cards.Decide(
                    supervision.Head, number, turn == 6, turn == 6 ? Text.Withdrawn : Text.Upheld, "demo:card:decide:" + number, cancel));
            }
        }
    }
}
