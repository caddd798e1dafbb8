using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using Shali.Platform.Api.Items;

namespace Shali.Platform.Api;

/// <summary>A JSON document that is written whole and sent with its length. Buffers come from a pool.</summary>
internal sealed class JsonAnswer : IResettable
{
    private const int KeptMax = 256 * 1024;

    private static readonly ObjectPool<JsonAnswer> Pool = new DefaultObjectPool<JsonAnswer>(new Policy());

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private JsonAnswer() => Json = new(_buffer, FeatureWriter.Options);

    public Utf8JsonWriter Json { get; }

    public static JsonAnswer Rent() => Pool.Get();

    /// <summary>Sends what was written and gives the buffer back.</summary>
    public async Task Send(HttpContext context, string contentType, int status = StatusCodes.Status200OK)
    {
        Json.Flush();
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = _buffer.WrittenCount;
        await response.BodyWriter.WriteAsync(_buffer.WrittenMemory, context.RequestAborted);
        Pool.Return(this);
    }

    /// <summary>A small document, written in one go.</summary>
    public static Task Send(HttpContext context, string contentType, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var answer = Rent();
        answer.Json.WriteStartObject();
        write(answer.Json);
        answer.Json.WriteEndObject();
        return answer.Send(context, contentType, status);
    }

    public bool TryReset()
    {
        _buffer.ResetWrittenCount();
        Json.Reset(_buffer);
        return _buffer.Capacity <= KeptMax;
    }

    private sealed class Policy : PooledObjectPolicy<JsonAnswer>
    {
        public override JsonAnswer Create() => new();

        public override bool Return(JsonAnswer obj) => obj.TryReset();
    }
}
