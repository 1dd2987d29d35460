using System.Security.Claims;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>
/// People sign in to the portal with the admin password and get a cookie. The API knows no cookies; with <c>Jobs:Auth=Open</c>
/// nobody is asked.
/// </summary>
internal static class PortalSignIn
{
    public const string Path = "/portal/sign-in";

    private const string User = "admin";
    private const string PasswordStamp = "password";
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    public static void AddPortalSignIn(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddSingleton<SignInAttempts>();
        services.AddDataProtection().SetApplicationName("IoTJobsToolkit");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            provider.GetRequiredService<JobsEngine>(); // The folder lies beside the database, so it belongs to whoever has that.
            var folder = OwnerOnlyFolder.Create(System.IO.Path.ChangeExtension(settings.DatabasePath, ".keys"));
            options.XmlRepository = new FileSystemXmlRepository(folder, provider.GetRequiredService<ILoggerFactory>());
        }));
        // Keys lie as open on this disk as the credentials beside them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddAntiforgery(options => options.Cookie.Name = "iotjobs-form");
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "iotjobs";
            options.LoginPath = Path;
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = Session;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = RejectOldPasswordAsync;
        });
        services.AddAuthorization();
    }

    public static void UsePortalSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapPortalSignIn(this WebApplication app)
    {
        app.MapGet(Path, (string? returnUrl) => Page(returnUrl, null));
        app.MapPost(Path, SignInAsync);
        app.MapPost("/portal/sign-out", async Task<RedirectHttpResult> (HttpContext http, [FromForm] string? stay) =>
        {
            await http.SignOutAsync();
            return TypedResults.LocalRedirect(Path);
        });
    }

    /// <summary>The pages are for those who have signed in, unless the server asks nobody.</summary>
    public static void RequireSignIn(this IEndpointConventionBuilder pages, ServerSettings settings)
    {
        if (settings.Auth == AuthMode.Required)
        {
            pages.RequireAuthorization();
        }
    }

    private static async Task<Results<RazorComponentResult<SignInPage>, RedirectHttpResult>> SignInAsync(
        HttpContext http, AdminPassword admin, SignInAttempts attempts, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        if (!attempts.MayTry(http.Connection.RemoteIpAddress))
        {
            http.Response.Headers.RetryAfter = "60";
            return Page(returnUrl, "Too many attempts. Wait a minute, then try again.", StatusCodes.Status429TooManyRequests);
        }
        if (!admin.Matches(password ?? ""))
        {
            return Page(returnUrl, "That is not the admin password.");
        }
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, User), new(ClaimTypes.Role, nameof(AccessRole.ADMINISTRATOR)), new(PasswordStamp, admin.Stamp)], CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(new(identity), new AuthenticationProperties { IsPersistent = false });
        return TypedResults.LocalRedirect(Local(returnUrl));
    }

    /// <summary>Whoever signed in with a password that has been changed since signs in again.</summary>
    private static async Task RejectOldPasswordAsync(CookieValidatePrincipalContext context)
    {
        var admin = context.HttpContext.RequestServices.GetRequiredService<AdminPassword>();
        if (context.Principal?.FindFirstValue(PasswordStamp) != admin.Stamp)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    private static RazorComponentResult<SignInPage> Page(string? returnUrl, string? problem, int refusal = StatusCodes.Status401Unauthorized) =>
        new(new { ReturnUrl = Local(returnUrl), Problem = problem }) { StatusCode = problem is null ? StatusCodes.Status200OK : refusal };

    /// <summary>A link that leads elsewhere leads home instead.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
