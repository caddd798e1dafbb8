using Microsoft.Playwright;
using Shali.Platform.Exchange.Evidence;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What was exchanged can be proved by either side alone.</summary>
public sealed class FrontNodeReceipts(City city, Browser.Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sm2-sm3")]
    [InlineData("ecdsa-p256-sha256")]
    public async Task Receipts_hold_offline_with_the_published_keys_and_no_altered_one_does(string suite)
    {
        await using var town = await NodeTown.Start(city, suite);
        var source = town.Sqlite();
        source.Fill(1, 10);
        await NodeTown.Round(town.Open(town.Settings(town.Give(source.Place))));
        var receipt = (await town.Receipts()).Single();
        byte[] content;
        do
        {
            // The log signs its checkpoints a moment later.
            content = await city.Http.GetByteArrayAsync($"/exchange/receipts/{receipt.Number}/file", Cancel);
        }
        while (EvidenceJson.Read<ReceiptFile>(content)!.Log is null);

        var (file, ca, log) = (Path.Combine(town.Folder, "r.json"), Path.Combine(town.Folder, "ca.pem"), Path.Combine(town.Folder, "log.pem"));
        await File.WriteAllBytesAsync(file, content, Cancel);
        await File.WriteAllTextAsync(ca, await city.Http.GetStringAsync("/ca/ca.pem", Cancel), Cancel);
        await File.WriteAllTextAsync(log, await city.Http.GetStringAsync("/audit/key", Cancel), Cancel);
        using var said = new StringWriter();
        Assert.Equal(0, await VerifyReceiptCommand.Run([file, "--ca", ca, "--log", log], said));
        Assert.Contains(receipt.Number, said.ToString(), StringComparison.Ordinal);
        Assert.Equal(6, said.ToString().Split('✓').Length - 1);

        // The same on a page that was saved, in a browser without a network.
        var saved = Path.Combine(town.Folder, "check.html");
        await File.WriteAllTextAsync(saved, await city.Http.GetStringAsync("/exchange/receipts/check", Cancel), Cancel);
        var page = await chromium.Open(city.Address);
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("file://" + saved);
        Assert.StartsWith("结论：回执真实", await Checked(page, file, ca, log), StringComparison.Ordinal);
        Assert.Equal(6, await page.Locator("li.good").CountAsync());
        Assert.Contains(receipt.Number, await page.Locator("dl").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#log").SetInputFilesAsync(Array.Empty<string>());
        Assert.StartsWith("结论：回执真实", await Checked(page, file, ca, null), StringComparison.Ordinal);
        Assert.Equal(5, await page.Locator("li.good").CountAsync());

        var good = EvidenceJson.Read<ReceiptFile>(content)!;
        var altered = good with { Receipt = EvidenceJson.Write(receipt with { Counts = receipt.Counts with { New = 9, Unchanged = 1 } }) };
        ReceiptFile[] bad =
        [
            altered,
            good with { Receipt = EvidenceJson.Write(receipt with { Statement = receipt.Statement with { Signature = [1, 2] } }) },
            good with { NodeCertificate = good.CentreCertificate },
            good with { Log = good.Log! with { Index = good.Log.Index + 1 } },
            good with { Seal = good.Seal with { Size = good.Seal.Size + 1 } },
        ];
        foreach (var one in bad)
        {
            await File.WriteAllBytesAsync(file, EvidenceJson.Write(one), Cancel);
            Assert.Equal(2, await VerifyReceiptCommand.Run([file, "--ca", ca, "--log", log], TextWriter.Null));
            Assert.StartsWith("结论：回执不可信", await Checked(page, file, ca, log), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(file, "{}", Cancel);
        Assert.Equal("这不是数据交换回执。", await Checked(page, file, ca, log));
        await page.Context.CloseAsync();
        Assert.NotEqual(0, await VerifyReceiptCommand.Run([file, "--ca", ca], TextWriter.Null));
        Assert.Equal(1, await VerifyReceiptCommand.Run([file], TextWriter.Null));
    }

    /// <summary>What the page says first.</summary>
    private static async Task<string> Checked(IPage page, string receipt, string authority, string? log)
    {
        await page.Locator("#outcome").EvaluateAsync("place => place.replaceChildren()");
        await page.Locator("#receipt").SetInputFilesAsync(receipt);
        await page.Locator("#authority").SetInputFilesAsync(authority);
        if (log is not null)
        {
            await page.Locator("#log").SetInputFilesAsync(log);
        }

        await page.Locator("#check").ClickAsync();
        return await page.Locator("#outcome > *").First.InnerTextAsync();
    }
}
