using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The data-protection keys live in the database, so that all nodes agree and a restart forgets nothing. With a
/// master key from outside the database they are sealed with AES-256-GCM: who steals the database alone cannot
/// open second factors or sign tokens.
/// </summary>
public sealed class KeyRing(Db db, IdentitySettings settings, TimeProvider time) : IXmlRepository
{
    private const byte Plain = 0;
    private const byte Sealed = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => db.List($"select content from identity.key_ring order by created_at", row => row.GetFieldValue<byte[]>(0)))
            .GetAwaiter().GetResult()
            .ConvertAll(content => XElement.Parse(Encoding.UTF8.GetString(Open(content))));

    public void StoreElement(XElement element, string friendlyName)
    {
        var content = Seal(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        Task.Run(() => db.Run(
                $"""
                insert into identity.key_ring (name, content, created_at) values ({friendlyName}, {content}, {time.GetUtcNow()})
                on conflict (name) do update set content = excluded.content
                """))
            .GetAwaiter().GetResult();
    }

    private byte[] Seal(byte[] plain)
    {
        if (settings.MasterKey is not { } key)
        {
            return [Plain, .. plain];
        }

        var content = new byte[1 + NonceSize + TagSize + plain.Length];
        content[0] = Sealed;
        var nonce = content.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Span, TagSize);
        cipher.Encrypt(nonce, plain, content.AsSpan(1 + NonceSize + TagSize), content.AsSpan(1 + NonceSize, TagSize));
        return content;
    }

    private byte[] Open(byte[] content)
    {
        if (content[0] == Plain)
        {
            return content[1..];
        }

        if (settings.MasterKey is not { } key)
        {
            throw new StartRefusedException(IdentityText.MasterKeyMissing);
        }

        var plain = new byte[content.Length - 1 - NonceSize - TagSize];
        using var cipher = new AesGcm(key.Span, TagSize);
        cipher.Decrypt(
            content.AsSpan(1, NonceSize), content.AsSpan(1 + NonceSize + TagSize), content.AsSpan(1 + NonceSize, TagSize), plain);
        return plain;
    }
}
