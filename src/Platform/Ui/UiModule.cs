using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shali.Platform.Identity;

namespace Shali.Platform.Ui;

/// <summary>The design system: layout, components, style sheet, security headers and error pages.</summary>
public static class UiModule
{
    /// <summary>Pages, their encoder and the token of their forms. Chinese leaves as Chinese, not as entities.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services, Installation? installation = null)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = PageContext.FormTokenField;
            options.Cookie.Name = "shali-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
        installation ??= new Installation();
        services.AddSingleton(provider =>
        {
            installation.Offices = provider.GetService<Offices>();
            return installation;
        });
        return services;
    }

    public static IEndpointRouteBuilder MapUi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ui/{digest}/{name}", SiteFiles.Serve).Public("样式、脚本和图标");
        routes.MapGet("/favicon.ico", () => Results.Redirect(SiteFiles.Icon)).Public("图标");
        routes.MapGet("/about/components", (HttpContext context) => context.Show<ComponentsPage>())
            .Public("页面组件的样本，不含数据");
        return routes;
    }

    /// <summary>First of all middleware: every answer, also a refusal of a later one, carries the headers.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                SecurityHeaders.Write(context);
                return Task.CompletedTask;
            });
            return next(context);
        });

    /// <summary>Turns empty error answers and exceptions into pages that a person understands.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app.UseMiddleware<ErrorPages>();
}
