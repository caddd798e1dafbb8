using Npgsql;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Portal;

/// <summary>For whoever watches the machine: is the process alive, and can it serve.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok")).Public("只说明进程在运行");
        routes.MapGet("/health/ready", Ready).Public("只说明能否提供服务");
    }

    private static async Task<IResult> Ready(Db db, CancellationToken cancel)
    {
        try
        {
            await db.Scalar<int>($"select 1", cancel);
            return Results.Text("ok");
        }
        catch (NpgsqlException)
        {
            return Results.Text("database unreachable", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
