using Microsoft.EntityFrameworkCore;

namespace Shali.Platform.Identity;

/// <summary>OpenIddict's own tables (applications, authorizations, scopes, tokens); nothing else uses Entity Framework.</summary>
public sealed class IdentityContext(DbContextOptions<IdentityContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema("identity");
}
