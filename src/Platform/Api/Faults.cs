using Microsoft.AspNetCore.Http;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Api;

/// <summary>Failures that a caller's request can bring about in the database, told as problems instead of 500.</summary>
internal static class Faults
{
    public static RequestDelegate Told(RequestDelegate handle) => async context =>
    {
        try
        {
            await handle(context);
        }
        catch (NpgsqlException slow) when (!context.Response.HasStarted && IsTimeout(slow))
        {
            context.Response.Clear();
            await context.Refuse(new Refusal("API-T01", "", Text.TooLong));
        }
        catch (PostgresException unfit) when (!context.Response.HasStarted && unfit.SqlState == PostgresErrorCodes.InternalError)
        {
            // GEOS gives up on shapes that pass its own validity check.
            context.Response.Clear();
            await context.Refuse(new Refusal("API-G02", "", Text.BadGeometry));
        }
    };

    private static bool IsTimeout(NpgsqlException exception) =>
        exception.InnerException is TimeoutException
        || exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };
}
