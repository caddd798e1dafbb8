using System.Text;
using CsCheck;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;

namespace Shali.Tests.Rules;

/// <summary>The tree of RFC 6962, against its published test vectors and against the definition itself.</summary>
public sealed class AuditMerkle
{
    /// <summary>The eight leaves that implementations of RFC 6962 test themselves with.</summary>
    private static readonly byte[][] Leaves =
    [
        .. new[]
        {
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        }.Select(Convert.FromHexString),
    ];

    public static readonly TheoryData<int, string> Roots = new()
    {
        { 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { 1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
        { 2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
        { 3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
        { 4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
        { 5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
        { 6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
        { 7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
        { 8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
    };

    [Theory, MemberData(nameof(Roots))]
    public void The_root_is_the_published_one(int size, string root) =>
        Assert.Equal(root, Convert.ToHexStringLower(Range(Leaves.Take(size)).Root()));

    [Fact]
    public void The_published_inclusion_path_is_found()
    {
        var hashes = Leaves.Select(leaf => MerkleHash.Leaf(leaf)).ToArray();
        var path = MerkleProof.Inclusion(5, 8).Select(range => Convert.ToHexStringLower(Root(hashes, range)));
        Assert.Equal(
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
            path);
    }

    [Fact]
    public void Every_record_of_every_tree_up_to_300_is_proved_and_nothing_else()
    {
        var hashes = Hashes(300);
        var (_, completed) = Grown(hashes);
        for (var size = 1; size <= hashes.Length; size++)
        {
            var root = Root(hashes, new(0, size));
            for (var index = 0; index < size; index++)
            {
                var path = MerkleProof.Inclusion(index, size).Select(range => Fold(completed, hashes, range)).ToList();
                Assert.True(MerkleProof.VerifyInclusion(hashes[index], index, size, path, root));
                Assert.False(MerkleProof.VerifyInclusion(hashes[index], index, size, [.. path, root], root));
                Assert.False(MerkleProof.VerifyInclusion(hashes[(index + 1) % 300], index, size, path, root));
                Assert.False(index + 1 < size && MerkleProof.VerifyInclusion(hashes[index], index + 1, size, path, root));
            }
        }
    }

    [Fact]
    public void Every_tree_up_to_300_is_proved_to_begin_every_larger_one()
    {
        var hashes = Hashes(300);
        var (_, completed) = Grown(hashes);
        var roots = Enumerable.Range(0, 301).Select(size => Root(hashes, new(0, size))).ToArray();
        for (var to = 1; to <= 300; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var path = MerkleProof.Consistency(from, to).Select(range => Fold(completed, hashes, range)).ToList();
                Assert.True(MerkleProof.VerifyConsistency(from, to, roots[from], roots[to], path), $"{from} {to}");
                if (from < to)
                {
                    Assert.False(MerkleProof.VerifyConsistency(from, to, roots[to], roots[to], path));
                    Assert.False(MerkleProof.VerifyConsistency(from, to, roots[from], roots[from], path));
                }
            }
        }
    }

    [Fact]
    public void Proofs_hold_in_large_trees_of_any_size()
    {
        var hashes = Hashes(70_000);
        var (tree, completed) = Grown(hashes);
        Gen.Select(Gen.Int[1, 70_000], Gen.Int[0, 1_000_000]).Sample(
            pick =>
            {
                var (size, other) = pick;
                var index = other % size;
                var root = Fold(completed, hashes, new(0, size));
                var path = MerkleProof.Inclusion(index, size).Select(range => Fold(completed, hashes, range)).ToList();
                var from = 1 + index;
                var older = Fold(completed, hashes, new(0, from));
                var steps = MerkleProof.Consistency(from, size).Select(range => Fold(completed, hashes, range)).ToList();
                return MerkleProof.VerifyInclusion(hashes[index], index, size, path, root)
                    && MerkleProof.VerifyConsistency(from, size, older, root, steps);
            },
            iter: 2000);
        Assert.Equal(tree.Root(), Fold(completed, hashes, new(0, hashes.Length)));
    }

    [Fact]
    public void A_range_goes_on_from_its_bytes()
    {
        var hashes = Hashes(1000);
        var range = CompactRange.Empty();
        foreach (var hash in hashes)
        {
            range = CompactRange.Read(range.Size, range.ToBytes());
            range.Append(hash);
        }

        Assert.Equal(Root(hashes, new(0, 1000)), range.Root());
        Assert.Throws<FormatException>(() => CompactRange.Read(3, new byte[32]));
    }

    [Fact]
    public void A_checkpoint_reads_back_and_another_text_is_none()
    {
        var checkpoint = new Checkpoint("city.example/audit", 12, MerkleHash.Empty);
        Assert.Equal("city.example/audit\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", checkpoint.Text);
        Assert.Equal(12, Checkpoint.Parse(checkpoint.Text)!.Size);
        Assert.Null(Checkpoint.Parse("city.example/audit\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
        Assert.Null(Checkpoint.Parse("city.example/audit\n12\n47DEQpj8\n"));
        Assert.Null(SignedNote.Parse("no note"));
    }

    private static byte[][] Hashes(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf(Encoding.ASCII.GetBytes($"record {i}")))];

    private static CompactRange Range(IEnumerable<byte[]> bodies)
    {
        var range = CompactRange.Empty();
        foreach (var body in bodies)
        {
            range.Append(MerkleHash.Leaf(body));
        }

        return range;
    }

    private static (CompactRange Tree, Dictionary<Subtree, byte[]> Completed) Grown(byte[][] hashes)
    {
        var completed = new Dictionary<Subtree, byte[]>();
        var tree = CompactRange.Empty();
        foreach (var hash in hashes)
        {
            tree.Append(hash, (level, index, node) => completed.Add(new(level, index), node));
        }

        return (tree, completed);
    }

    private static byte[] Fold(Dictionary<Subtree, byte[]> completed, byte[][] hashes, LeafRange range) => range.Subtrees()
        .Select(subtree => subtree.Level == 0 ? hashes[subtree.Index] : completed[subtree])
        .Reverse().Aggregate((right, left) => MerkleHash.Node(left, right));

    /// <summary>MTH of RFC 6962 section 2.1, word for word.</summary>
    private static byte[] Root(byte[][] hashes, LeafRange range)
    {
        if (range.Count <= 1)
        {
            return range.Count == 0 ? MerkleHash.Empty : hashes[range.Begin];
        }

        var split = 1L;
        while (split * 2 < range.Count)
        {
            split *= 2;
        }

        return MerkleHash.Node(
            Root(hashes, range with { End = range.Begin + split }), Root(hashes, range with { Begin = range.Begin + split }));
    }
}
