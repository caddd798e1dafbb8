using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Whoever was read about is told what for, also when the reader said nothing.</summary>
public sealed class ReadPurposes(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_without_a_word_carries_the_duty_that_the_right_serves()
    {
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = "read-purpose/note",
                Name = "测试档案",
                Clause = "C2",
                Owner = "police",
                Subject = "person",
                Fields = [new() { Name = "person", Label = "人口主键", Type = FieldTypes.Text }],
                RunTime = true,
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        var notes = published.Value;
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "test"), [new Change.Insert(notes, "", new Dictionary<string, object?> { ["person"] = "01purpose" })], Cancel);
        var key = written.Value.Records[0].Key;
        var clerk = new Caller
        {
            Id = "read-purpose-clerk",
            Name = "王芳",
            Kind = CallerKind.Staff,
            Office = "police",
            Permissions = new HashSet<string>([$"{notes.Address}.read"], StringComparer.Ordinal),
        };
        var reader = city.Service<GovernedReader>();
        foreach (var request in (ReadRequest[])
            [new(clerk, notes), new(clerk, notes, "核验身份"), new(clerk, notes, null, "2026112500000014"), new(clerk with { Kind = CallerKind.Resident }, notes)])
        {
            Assert.NotNull(await reader.Get(request, key, null, Cancel));
        }

        Assert.Equal(
            ["履行职责：查看测试档案", "核验身份", null, null],
            await city.Db.List(
                $"select convert_from(body, 'UTF8')::json ->> 'purpose' from audit.record where who_id = {clerk.Id} order by index",
                row => row.IsDBNull(0) ? null : row.GetString(0), Cancel));
    }
}
