using System.Diagnostics;
using System.Text.Json;
using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The front node as it is installed: one program, one configuration file.</summary>
public sealed class FrontNodeProgram(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_example_is_a_configuration()
    {
        var example = Configuration.Read(Path.Combine(AppContext.BaseDirectory, "front-node.json"));
        Assert.Empty(example.Faults());
        Assert.Equal(["firms", "pupils", "homes"], example.Gives.Select(give => give.Flow).Concat(example.Takes.Select(take => take.Flow)));
        Assert.Equal("shali_pupils", example.Gives[1].Source.Changes?.Slot);
    }

    [Theory]
    [InlineData("{", "无法读取配置文件")]
    [InlineData("{\"centre\":\"https://a/\",\"data\":\"x\",\"colour\":\"red\"}", "colour")]
    [InlineData("{\"centre\":\"http://10.0.0.1/\",\"data\":\"x\"}", "https")]
    [InlineData("{\"centre\":\"https://a/\",\"data\":\"x\",\"suite\":\"rsa\"}", "rsa")]
    [InlineData("{\"centre\":\"https://a/\",\"data\":\"x\",\"gives\":[{\"flow\":\"A b\",\"resource\":\"\",\"map\":{},\"source\":{\"kind\":\"oracle\"},\"batch_rows\":0}]}", "oracle")]
    [InlineData("{\"centre\":\"https://a/\",\"data\":\"x\",\"gives\":[{\"flow\":\"a\",\"resource\":\"r\",\"map\":{\"x\":\"y\"},\"source\":{\"kind\":\"files\"}}]}", "folder")]
    public async Task What_is_wrong_in_the_file_is_said_by_name(string text, string named)
    {
        var folder = Directory.CreateTempSubdirectory("shali-node-").FullName;
        var path = Path.Combine(folder, "node.json");
        await File.WriteAllTextAsync(path, text, Cancel);
        Assert.Contains(named, Assert.Throws<NodeRefusedException>(() => Configuration.Read(path)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_is_let_in_checked_and_told_what_is_missing()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        var path = Path.Combine(town.Folder, "node.json");
        await File.WriteAllTextAsync(path,
            $$"""
            {
              "centre": "{{city.Address}}", "data": {{JsonSerializer.Serialize(Path.Combine(town.Folder, "other"))}}, "suite": "sm2-sm3", "status_port": null,
              "gives": [{ "flow": "firms", "resource": "{{town.Resource.Address}}", "map": { "number": "编号", "name": "名称" },
                "source": { "kind": "sqlite", "connection": {{JsonSerializer.Serialize(source.Place.Connection)}}, "table": "企业" } }],
            }
            """, Cancel);
        Assert.Equal(2, (await Run()).Code);
        Assert.Contains("还没有接入", (await Run("run", path)).Said, StringComparison.Ordinal);
        var invited = (await city.Service<NodeDesk>().Invite(NodeTown.Officer(town.Office), town.Office, "另一台", Cancel)).Value;
        var let = await Run("enrol", path, invited.Code);
        Assert.True(let.Code == 0, let.Said);
        Assert.Contains(invited.Node, let.Said, StringComparison.Ordinal);
        Assert.Contains("NODE-E01", (await Run("enrol", path, invited.Code)).Said, StringComparison.Ordinal);
        var good = await Run("check", path);
        Assert.True(good.Code == 0, good.Said);
        Assert.Contains("✓ firms", good.Said, StringComparison.Ordinal);

        source.Run("alter table 企业 drop column 名称");
        var bad = await Run("check", path);
        Assert.Equal(1, bad.Code);
        Assert.Contains("名称", bad.Said, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("accept", path, "nothing")).Code);
        Assert.Equal(0, (await Run("accept", path, "firms")).Code);
    }

    private static async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "shali-node")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said + await errors);
    }
}
