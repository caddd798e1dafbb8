using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The data-protection keys live in the database, so that all nodes agree and a restart forgets nothing. They are
/// sealed under the master key, and with them everything that they protect: second factors and the keys that sign
/// tokens (<see cref="SigningKeys"/>).
/// </summary>
public sealed class KeyRing(Db db, MasterKey master, TimeProvider time) : IXmlRepository
{
    public static readonly SealedColumn Column = new("identity.key_ring", "name", "content");

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => db.List(
                $"select name, content from identity.key_ring order by created_at",
                row => (Name: row.GetString(0), Content: row.GetFieldValue<byte[]>(1))))
            .GetAwaiter().GetResult()
            .ConvertAll(row => XElement.Parse(Encoding.UTF8.GetString(master.Open(row.Content, Column.Place(row.Name)))));

    public void StoreElement(XElement element, string friendlyName)
    {
        var content = master.Seal(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), Column.Place(friendlyName));
        Task.Run(() => db.Run(
                $"""
                insert into identity.key_ring (name, content, created_at) values ({friendlyName}, {content}, {time.GetUtcNow()})
                on conflict (name) do update set content = excluded.content
                """))
            .GetAwaiter().GetResult();
    }
}
