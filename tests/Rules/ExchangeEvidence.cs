using System.Text;
using CsCheck;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.Tests.Rules;

/// <summary>Signatures, trees and digests of the exchange, without network or database.</summary>
public sealed class ExchangeEvidence
{
    private const string PublicOfStandard =
        "3059301306072A8648CE3D020106082A811CCF5501822D03420004"
        + "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";

    private const string SignatureOfStandard =
        "3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        + "022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

    public static readonly TheoryData<string> Suites = [.. SignatureSuite.All.Select(suite => suite.Name)];

    [Theory]
    [InlineData("abc", "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0")]
    [InlineData("", "1AB21D8355CFA17F8E61194831E81A8F22BEC8C728FEFB747ED035EB5082AA2B")]
    public void SM3_gives_the_values_of_the_standard(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexString(SignatureSuite.Sm2.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void SM3_of_long_texts()
    {
        var longer = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcd", 16)));
        Assert.Equal("DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732", Convert.ToHexString(SignatureSuite.Sm2.Hash(longer)));
        Assert.Equal("F4BEDCA973227D45C5B822551D2E762D4CFB0E9AF70B241452545727B5FB046F", Convert.ToHexString(SignatureSuite.Sm2.Hash(Encoding.ASCII.GetBytes(new string('a', 1000)))));
    }

    [Fact]
    public void SM2_verifies_the_example_of_the_standard_and_nothing_beside_it()
    {
        var key = SignatureSuite.Sm2.Public(Convert.FromHexString(PublicOfStandard))!;
        var signature = Convert.FromHexString(SignatureOfStandard);
        Assert.True(key.Verify("message digest"u8, signature));
        Assert.False(key.Verify("message digest."u8, signature));
        Assert.False(key.Verify("message digest"u8, signature.AsSpan(0, signature.Length - 1)));
        Assert.Null(SignatureSuite.P256.Public(Convert.FromHexString(PublicOfStandard)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_is_signed_holds_and_anything_else_does_not(string name)
    {
        var suite = SignatureSuite.Find(name)!;
        using var key = suite.NewKey();
        using var again = suite.Open(key.Private());
        var open = SignatureSuite.KeyOf(key.PublicKey)!;
        Assert.Equal(name, open.Suite.Name);
        Assert.Equal(key.PublicKey, again.PublicKey);
        var signature = again.Sign("一条报文"u8);
        Assert.True(open.Verify("一条报文"u8, signature));
        Assert.False(open.Verify("另一条报文"u8, signature));
        using var other = suite.NewKey();
        Assert.False(SignatureSuite.KeyOf(other.PublicKey)!.Verify("一条报文"u8, signature));
        Assert.False(open.Verify("一条报文"u8, []));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_request_for_a_certificate_proves_its_key(string name)
    {
        var suite = SignatureSuite.Find(name)!;
        using var key = suite.NewKey();
        var request = key.Request("police-1");
        Assert.Equal(key.PublicKey, suite.ReadRequest(request));
        request[^1] ^= 1;
        Assert.Null(suite.ReadRequest(request));
        Assert.Null(suite.ReadRequest("none"u8.ToArray()));
        Assert.Null(SignatureSuite.All.First(other => other != suite).ReadRequest(key.Request("police-1")));
    }

    [Fact]
    public void Every_leaf_of_a_tree_leads_to_its_root_and_no_other_does() => Gen.Int[1, 70].Sample(size =>
    {
        var suite = SignatureSuite.P256;
        var leaves = Enumerable.Range(0, size).Select(i => HashTree.Leaf(suite, BitConverter.GetBytes(i))).ToList();
        var tree = new HashTree(suite, leaves);
        for (var i = 0; i < size; i++)
        {
            var path = tree.Path(i);
            Assert.Equal(tree.Root, HashTree.Climb(suite, leaves[i], i, size, path));
            Assert.NotEqual(tree.Root, HashTree.Climb(suite, HashTree.Leaf(suite, "x"u8), i, size, path) ?? []);
            Assert.NotEqual(tree.Root, HashTree.Climb(suite, leaves[i], i, size, [.. path, leaves[0]]) ?? []);
        }

        Assert.Null(HashTree.Climb(suite, leaves[0], size, size, []));
    }, iter: 40);

    [Fact]
    public void A_tree_is_the_one_of_the_transparency_log()
    {
        var leaves = Enumerable.Range(0, 13).Select(i => Platform.Audit.Merkle.MerkleHash.Leaf(BitConverter.GetBytes(i))).ToList();
        var log = Platform.Audit.Merkle.CompactRange.Empty();
        leaves.ForEach(leaf => log.Append(leaf));
        Assert.Equal(log.Root(), new HashTree(SignatureSuite.P256, leaves).Root);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Many_messages_share_a_signature_and_each_holds_alone(string name)
    {
        var suite = SignatureSuite.Find(name)!;
        using var key = suite.NewKey();
        var open = SignatureSuite.KeyOf(key.PublicKey)!;
        await using var signer = new GroupSigner(suite.Open(key.Private()), "0a");
        var messages = Enumerable.Range(0, 50).Select(i => BitConverter.GetBytes(i)).ToArray();
        var seals = await Task.WhenAll(messages.Select(signer.Seal));
        Assert.All(messages.Zip(seals), pair => Assert.True(pair.Second.Holds(pair.First, open)));
        Assert.All(seals, seal => Assert.False(seal.Holds("another"u8, open)));
        Assert.True(seals.Select(seal => Convert.ToHexString(seal.Signature)).Distinct().Count() < messages.Length);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Requests_that_are_sent_together_share_a_signature_and_each_holds_for_itself_alone(string name)
    {
        var suite = SignatureSuite.Find(name)!;
        using var key = suite.NewKey();
        var open = SignatureSuite.KeyOf(key.PublicKey)!;
        await using var signer = new GroupSigner(suite.Open(key.Private()), "0a");
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await MessageSignature.Sign(signer, "POST", "/exchange/give?n=" + i, [1], DateTimeOffset.UnixEpoch, i)).ToDictionary(header => header.Name, header => header.Value)));
        var read = sent.Select(headers => MessageSignature.Read(headers[MessageSignature.InputHeader], headers[MessageSignature.SignatureHeader])!).ToList();
        var digest = MessageSignature.DigestOf(suite, [1]);
        for (var i = 0; i < read.Count; i++)
        {
            Assert.True(read[i].Holds(open, "POST", "/exchange/give?n=" + i, digest));
            Assert.False(read[i].Holds(open, "POST", "/exchange/give?n=" + (i + 1), digest));
            Assert.False(read[i].Holds(open, "PUT", "/exchange/give?n=" + i, digest));
            Assert.False((read[i] with { Number = 99 }).Holds(open, "POST", "/exchange/give?n=" + i, digest));
            Assert.False((read[i] with { Created = 1 }).Holds(open, "POST", "/exchange/give?n=" + i, digest));
            Assert.False((read[i] with { Serial = "0b" }).Holds(open, "POST", "/exchange/give?n=" + i, digest));
            Assert.False((read[i] with { Grouped = false }).Holds(open, "POST", "/exchange/give?n=" + i, digest));
            Assert.False((read[i] with { Signature = "{}"u8.ToArray() }).Holds(open, "POST", "/exchange/give?n=" + i, digest));
        }

        // Twenty answers to twenty requests of one group are answers to different requests.
        Assert.Equal(20, read.Select(one => Convert.ToHexString(one.Signature)).Distinct().Count());
        using var stranger = suite.NewKey();
        Assert.False(read[0].Holds(SignatureSuite.KeyOf(stranger.PublicKey)!, "POST", "/exchange/give?n=0", digest));
    }

    [Fact]
    public void The_digest_of_rows_does_not_depend_on_their_order_and_notices_every_change() =>
        Gen.String[Gen.Char.AlphaNumeric, 0, 6].Array[2].Array[1, 30].Sample(rows =>
        {
            var names = (string[])["b", "a"];
            byte[] Of(IEnumerable<string[]> some)
            {
                var digest = new RowDigest(SignatureSuite.P256);
                foreach (var row in some)
                {
                    digest.Add(digest.Row(names, RowDigest.OrderOf(names), row));
                }

                return digest.Total();
            }

            Assert.Equal(Of(rows), Of(rows.Reverse()));
            Assert.NotEqual(Of(rows), Of(rows.Append(["x", "y"])));
            Assert.NotEqual(Of(rows), Of(rows.Skip(1).Append([rows[0][0] + "1", rows[0][1]])));
        }, iter: 100);

    [Fact]
    public void The_names_of_columns_and_their_order_do_not_matter_for_a_row_but_what_is_empty_is_not_what_is_there()
    {
        var digest = new RowDigest(SignatureSuite.P256);
        byte[] Row(string[] names, params string?[] values) => digest.Row(names, RowDigest.OrderOf(names), values);
        Assert.Equal(Row(["a", "b"], "1", "2"), Row(["b", "a"], "2", "1"));
        Assert.Equal(Row(["a", "b"], "1", null), Row(["a"], "1"));
        Assert.NotEqual(Row(["a", "b"], "12", null), Row(["a", "b"], "1", "2"));
        Assert.NotEqual(Row(["a"], "1"), digest.GoneRow(["a"], [0], ["1"]));
    }

    [Fact]
    public void A_batch_is_read_as_it_was_written_and_rubbish_is_none()
    {
        using var key = SignatureSuite.P256.NewKey();
        var statement = SignedStatement.Sign(
            new(StatementKind.Give, "police-1", "firms", "a/b", new string('0', 26), 1, 2, 1, [1], "ecdsa-p256-sha256", DateTimeOffset.UnixEpoch), key, "0a");
        var body = new GiveBody(statement, ["a", "b"], [["1", null], ["𠀀\"\\", "2"]], ["a"], [["3"]]);
        var read = GiveBody.Read(body.Write())!;
        Assert.Equal(body.Rows, read.Rows);
        Assert.Equal(body.Gone, read.Gone);
        Assert.Equal(statement.Text, read.Statement.Text);
        Assert.Equal("police-1", read.Statement.Read()!.Node);
        var bytes = body.Write();
        for (var i = 0; i < bytes.Length; i += 3)
        {
            Assert.Null(GiveBody.Read(bytes.AsSpan(0, i)));
        }

        Assert.Null(GiveBody.Read("{\"statement\":{},\"fields\":[\"a\"],\"fields_rows\":[[1]],\"key_fields\":[],\"key_fields_rows\":[]}"u8));
        Assert.Null(GiveBody.Read("[]"u8));
    }

    [Theory]
    [InlineData("shali=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1;nonce=\"2\";keyid=\"0a\"", "shali=:AAAAAAAA:", true)]
    [InlineData("shali=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1;nonce=\"2\";keyid=\"0a\";tag=\"shali-group\"", "shali=:AAAAAAAA:", true)]
    [InlineData("shali=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1;nonce=\"2\";keyid=\"0a\";tag=\"x\"", "shali=:AAAAAAAA:", false)]
    [InlineData("shali=(\"@method\" \"@path\" \"content-digest\");created=1;nonce=\"2\";keyid=\"0a\"", "shali=:AAAAAAAA:", false)]
    [InlineData("shali=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=-1;nonce=\"2\";keyid=\"0a\"", "shali=:AAAAAAAA:", false)]
    [InlineData("shali=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1;nonce=\"2\";keyid=\"0a\"", "AAAAAAAA", false)]
    [InlineData("", "", false)]
    public void Headers_of_a_signature_are_read_strictly(string input, string signature, bool good) =>
        Assert.Equal(good, MessageSignature.Read(input, signature) is not null);
}
