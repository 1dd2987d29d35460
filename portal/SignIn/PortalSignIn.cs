using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>
/// People sign in to the portal with an account, or at an OpenID provider, and get a cookie. The API knows no cookies; with <c>Jobs:Auth=Open</c> nobody is asked.
/// </summary>
internal static class PortalSignIn
{
    public const string Path = "/portal/sign-in";

    /// <exception cref="StartException">A setting is wrong.</exception>
    public static void AddPortalSignIn(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var services = builder.Services;
        var oidc = OidcSettings.Read(builder.Configuration);
        services.AddRazorComponents();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignInWatch>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton(new SignInChoices(oidc));
        services.AddSingleton(provider => new PortalSessions(
            provider.GetRequiredService<JobsEngine>(), provider.GetRequiredService<TimeProvider>(), settings.Auth == AuthMode.Open));
        services.AddDataProtection().SetApplicationName("IoTJobsToolkit");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            provider.GetRequiredService<JobsEngine>(); // The folder lies beside the database, so it belongs to whoever has that.
            var folder = OwnerOnlyFolder.Create(System.IO.Path.ChangeExtension(settings.DatabasePath, ".keys"));
            options.XmlRepository = new FileSystemXmlRepository(folder, provider.GetRequiredService<ILoggerFactory>());
        }));
        // Keys lie as open on this disk as the credentials beside them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "iotjobs-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // It is stricter than that already.
        });
        var authentication = services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "iotjobs";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = Path;
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = PortalSessions.Length;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = RejectEndedSessionAsync;
        });
        if (oidc is not null)
        {
            authentication.AddOidc(oidc);
        }
        services.AddAuthorization();
    }

    public static void UsePortalSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use((http, next) =>
            http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && http.GetEndpoint()?.Metadata.GetMetadata<PortalAnswer>() is { IsPage: true }
                ? new RazorComponentResult<StaleFormPage> { StatusCode = StatusCodes.Status400BadRequest }.ExecuteAsync(http)
                : next(http));
    }

    public static void MapPortalSignIn(this WebApplication app)
    {
        SignInEndpoints.Map(app);
        AccountEndpoints.Map(app);
        if (app.Services.GetRequiredService<SignInChoices>().Oidc is not null)
        {
            app.MapOidc().WithMetadata(PortalAnswer.Page);
        }
    }

    /// <summary>The pages are for those who have signed in, unless the server asks nobody.</summary>
    public static void RequireSignIn(this IEndpointConventionBuilder pages, ServerSettings settings)
    {
        if (settings.Auth == AuthMode.Required)
        {
            pages.RequireAuthorization();
        }
    }

    /// <summary>A link that leads elsewhere leads home instead.</summary>
    public static string Local(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";

    private static async Task RejectEndedSessionAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<PortalSessions>();
        if (context.Principal is not { } principal || sessions.UserOf(principal) is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }
}

/// <summary>How one may sign in, besides with an account.</summary>
internal sealed record SignInChoices(OidcSettings? Oidc);
