using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shali.Bench;

/// <summary>
/// What the same answer costs without any government: a minimal API, the driver, the same columns, as JSON. Runs as a
/// process of its own, as the city does.
/// </summary>
internal static class BareRoute
{
    public static async Task Serve(string connectionString, int port)
    {
        // Not where it was started: there it would watch for changes of its settings, and so hear of every write of the database.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        await using var app = builder.Build();
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, NoResetOnClose = true, MaxPoolSize = 40 });
        app.MapGet("/person/{key}", async (string key, HttpContext context) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                select _key, citizen_number, name, sex, nationality, birth_date, registered_address, registered_village,
                    household, relation_to_head, residence_village, residence_address, marital_status, education, occupation,
                    phone, state from population.person where _key = $1
                """;
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            var person = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                person[reader.GetName(i)] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            }

            return Results.Json(person);
        });
        await app.RunAsync();
    }
}
