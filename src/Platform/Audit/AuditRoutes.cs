using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Audit.Doors;
using Shali.Platform.Identity;

namespace Shali.Platform.Audit;

/// <summary>The addresses of the audit log.</summary>
internal static class AuditRoutes
{
    public const string Access = "/me/access";
    public const string OwnObjections = "/me/access/objections";
    public const string ObjectionList = "/desk/objections";
    public const string AnsweredList = "/desk/objections?state=answered";
    public const string Admin = "/admin/audit";

    private const string HashesOnly = "proofs hold hashes only, and are worth something only when anyone can ask for them";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit/checkpoint", ProofDoor.Checkpoint).Public(HashesOnly);
        routes.MapGet("/audit/key", ProofDoor.Key).Public(HashesOnly);
        routes.MapGet("/audit/proof/inclusion", ProofDoor.Inclusion).Public(HashesOnly);
        routes.MapGet("/audit/proof/consistency", ProofDoor.Consistency).Public(HashesOnly);

        routes.MapGet(Access, AccessDoor.Show).NeedsSignIn();
        routes.MapGet(OwnObjections, AccessDoor.Objected).NeedsSignIn();
        routes.MapGet(Access + "/{index:long}/objection", AccessDoor.Ask).NeedsSignIn();
        routes.MapPost(Access + "/{index:long}/objection", AccessDoor.Object).NeedsSignIn();

        routes.MapGet(ObjectionList, ObjectionDoor.List).Needs(AuditSystem.Answer);
        routes.MapGet(ObjectionList + "/{key}", ObjectionDoor.Show).Needs(AuditSystem.Answer);
        routes.MapPost(ObjectionList + "/{key}", ObjectionDoor.Answer).Needs(AuditSystem.Answer);

        routes.MapGet(Admin, SearchDoor.Show).Needs(AuditSystem.Search);
        routes.MapGet(Admin + "/export", SearchDoor.Export).Needs(AuditSystem.Search);
    }
}
