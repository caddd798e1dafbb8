using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Doors;

/// <summary>Checkpoints and proofs, for everyone who wants to hold the city to its past.</summary>
internal static class ProofDoor
{
    /// <summary>The newest signed checkpoint, as a C2SP note.</summary>
    public static async Task<IResult> Checkpoint(HttpContext context, Db db) =>
        await Newest(db, context.RequestAborted) is { } note
            ? Results.Text(note, "text/plain; charset=utf-8")
            : Problem(404, "AUD-P01", Text.NoCheckpoint);

    /// <summary>Name of the log and its public key in PEM, as <c>verify-log --key</c> reads it.</summary>
    public static async Task<IResult> Key(HttpContext context, Db db)
    {
        var (name, spki) = await db.One(
            $"select name, public from audit.key",
            row => (row.GetString(0), row.GetFieldValue<byte[]>(1)),
            context.RequestAborted);
        return spki is null
            ? Problem(404, "AUD-P01", Text.NoCheckpoint)
            : Results.Text(name + "\n" + CheckpointKey.Pem(spki), "application/x-pem-file");
    }

    /// <summary><c>?index=&amp;size=</c>: the path from a record to the root of the tree of that size.</summary>
    public static async Task<IResult> Inclusion(HttpContext context, Db db, LogTree tree)
    {
        var cancel = context.RequestAborted;
        var size = await Newest(db, cancel) is { } note ? Audit.Checkpoint.Parse(note)!.Size : 0;
        if (Numbers(context, ("index", null), ("size", size)) is not { Ok: true } numbers)
        {
            return Problem(400, "AUD-P02", Text.ProofParameters("index, size"));
        }

        var (index, of) = (numbers.Value[0], numbers.Value[1]);
        if (of > size || index >= of)
        {
            return Problem(404, "AUD-P03", Text.BeyondLog(size));
        }

        var (leaf, path) = await tree.Inclusion(index, of, cancel);
        return Results.Json(new { index, size = of, leaf = Convert.ToBase64String(leaf), path = path.Select(Convert.ToBase64String) });
    }

    /// <summary><c>?from=&amp;to=</c>: that the log of size <c>from</c> is the beginning of the log of size <c>to</c>.</summary>
    public static async Task<IResult> Consistency(HttpContext context, Db db, LogTree tree)
    {
        var cancel = context.RequestAborted;
        var size = await Newest(db, cancel) is { } note ? Audit.Checkpoint.Parse(note)!.Size : 0;
        if (Numbers(context, ("from", null), ("to", size)) is not { Ok: true } numbers)
        {
            return Problem(400, "AUD-P02", Text.ProofParameters("from, to"));
        }

        var (from, to) = (numbers.Value[0], numbers.Value[1]);
        if (to > size || from > to || from < 1)
        {
            return Problem(404, "AUD-P03", Text.BeyondLog(size));
        }

        return Results.Json(new { from, to, path = (await tree.Consistency(from, to, cancel)).Select(Convert.ToBase64String) });
    }

    private static Task<string?> Newest(Db db, CancellationToken cancel) =>
        db.Scalar<string>($"select note from audit.checkpoint order by size desc limit 1", cancel);

    /// <summary>The two whole numbers of the query; refused when one is missing, or something else is asked.</summary>
    private static Outcome<long[]> Numbers(HttpContext context, params (string Name, long? Default)[] wanted)
    {
        var query = context.Request.Query;
        var found = new long[wanted.Length];
        foreach (var name in query.Keys)
        {
            if (!wanted.Any(one => one.Name == name) || query[name].Count != 1)
            {
                return new Refusal("AUD-P02", name, Text.UnknownParameter(name));
            }
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            var (name, otherwise) = wanted[i];
            var text = query[name].ToString();
            if (text.Length == 0 && otherwise is { } value)
            {
                found[i] = value;
            }
            else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out found[i]))
            {
                return new Refusal("AUD-P02", name, Text.NotANumber(name));
            }
        }

        return found;
    }

    private static IResult Problem(int status, string code, string detail) => Results.Problem(
        statusCode: status, title: code, detail: detail, extensions: new Dictionary<string, object?> { ["code"] = code });
}
