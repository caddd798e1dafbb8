using Shali.Platform.Exchange.Evidence;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What was exchanged can be proved by either side alone.</summary>
public sealed class FrontNodeReceipts(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receipts_hold_offline_with_the_published_keys_and_no_altered_one_does()
    {
        await using var town = await NodeTown.Start(city, "sm2-sm3");
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
        }

        await File.WriteAllTextAsync(file, "{}", Cancel);
        Assert.NotEqual(0, await VerifyReceiptCommand.Run([file, "--ca", ca], TextWriter.Null));
        Assert.Equal(1, await VerifyReceiptCommand.Run([file], TextWriter.Null));
    }
}
