using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;

namespace Shali.Platform.Documents.Pages;

/// <summary>Every address of documents and seals.</summary>
internal static class DocumentRoutes
{
    private static readonly RequestSizeLimitAttribute TakesFile = new(DocumentSettings.CheckBytesMax + (4L * 1024 * 1024));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/verify", CheckDoor.Ask).Public(Text.PublicCheck);
        routes.MapPost("/verify/number", CheckDoor.Number).Public(Text.PublicCheck);
        routes.MapPost("/verify/file", CheckDoor.File).Public(Text.PublicCheck).WithMetadata(TakesFile);
        routes.MapGet("/verify/{key}/{code}", CheckDoor.Mark).Public(Text.PublicCheck);

        routes.MapGet("/ca", AuthorityDoor.Show).Public(Text.PublicCertificates);
        routes.MapGet("/ca/ca.pem", AuthorityDoor.Bundle).Public(Text.PublicCertificates);
        routes.MapGet("/ca/crl.pem", AuthorityDoor.AllRevocations).Public(Text.PublicCertificates);
        routes.MapGet("/ca/certificates/{serial}.crt", AuthorityDoor.Certificate).Public(Text.PublicCertificates);
        routes.MapGet("/ca/crl/{serial}.crl", AuthorityDoor.Revocations).Public(Text.PublicCertificates);
        routes.MapPost("/tsa", AuthorityDoor.Stamp).Public(Text.PublicCertificates).DisableAntiforgery();

        routes.MapGet("/admin/seals", SealDoor.List).Needs(DocumentSystem.ManageSeals);
        routes.MapGet("/admin/seals/{serial}", SealDoor.Ask).Needs(DocumentSystem.ManageSeals);
        routes.MapPost("/admin/seals/{serial}", SealDoor.Revoke).Needs(DocumentSystem.ManageSeals);
        routes.MapPost("/admin/seals/replace", SealDoor.Replace).Needs(DocumentSystem.ManageSeals);
    }
}
