using System.Security.Cryptography;
using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>What is sealed opens with its key, in its place, and unaltered: nothing else.</summary>
public sealed class MasterKeySealing
{
    private static readonly byte[] Value = RandomNumberGenerator.GetBytes(200);
    private static readonly byte[] First = RandomNumberGenerator.GetBytes(MasterKey.Size);
    private static readonly byte[] Second = RandomNumberGenerator.GetBytes(MasterKey.Size);

    [Fact]
    public void A_sealed_value_opens_and_shows_nothing_of_itself()
    {
        var key = new MasterKey([First]);
        var content = key.Seal(Value, "a/b");
        Assert.Equal(Value, key.Open(content, "a/b"));
        Assert.True(content.AsSpan().IndexOf(Value.AsSpan(0, 8)) < 0);
        Assert.NotEqual(content, key.Seal(Value, "a/b"));
    }

    [Fact]
    public void An_earlier_key_opens_and_the_newest_seals()
    {
        var old = new MasterKey([First]).Seal(Value, "a/b");
        var both = new MasterKey([Second, First]);
        Assert.Equal(Value, both.Open(old, "a/b"));
        Assert.False(both.IsCurrent(old));
        var renewed = both.Seal(Value, "a/b");
        Assert.True(both.IsCurrent(renewed));
        Assert.Equal(Value, new MasterKey([Second]).Open(renewed, "a/b"));
    }

    [Fact]
    public void A_bare_value_opens_and_is_to_be_sealed()
    {
        var bare = MasterKey.None.Seal(Value, "a/b");
        Assert.Equal(Value, new MasterKey([First]).Open(bare, "a/b"));
        Assert.False(new MasterKey([First]).IsCurrent(bare));
    }

    [Fact]
    public void Every_altered_byte_is_found()
    {
        var key = new MasterKey([First]);
        var content = key.Seal([1, 2, 3], "a/b");
        for (var i = 1; i < content.Length; i++)
        {
            var altered = (byte[])content.Clone();
            altered[i] ^= 1;
            Assert.Throws<StartRefusedException>(() => key.Open(altered, "a/b"));
        }

        for (var length = 1; length < content.Length; length++)
        {
            Assert.Throws<StartRefusedException>(() => key.Open(content.AsSpan(0, length), "a/b"));
        }
    }

    [Fact]
    public void Another_key_no_key_and_another_place_open_nothing()
    {
        var content = new MasterKey([First]).Seal(Value, "a/b");
        Assert.Contains("另一个主密钥", Said(new MasterKey([Second]), "a/b"), StringComparison.Ordinal);
        Assert.Contains("没有提供主密钥", Said(MasterKey.None, "a/b"), StringComparison.Ordinal);
        Assert.Contains("被改动过", Said(new MasterKey([First]), "a/c"), StringComparison.Ordinal);

        string Said(MasterKey key, string place) => Assert.Throws<StartRefusedException>(() => key.Open(content, place)).Message;
    }
}
