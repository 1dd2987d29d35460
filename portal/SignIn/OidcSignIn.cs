using System.Security.Claims;
using IoTJobsToolkit.Engine.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Signs in whom an OpenID provider vouches for: code flow with PKCE, and a role by a claim.</summary>
internal static class OidcSignIn
{
    public const string Path = "/portal/sign-in/openid";

    private const string CallbackPath = "/portal/sign-in/openid/callback";
    private const int MaxNameLength = 64;
    private const int MaxFailureLength = 200;

    public static void AddOidc(this AuthenticationBuilder authentication, OidcSettings settings) => authentication.AddOpenIdConnect(options =>
    {
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query; // A form that another site posts would come without the cookies below.
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.CallbackPath = CallbackPath;
        foreach (var cookie in new[] { options.NonceCookie, options.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        options.Events.OnTokenValidated = context => AdmitAsync(context, settings);
        options.Events.OnRemoteFailure = context => RefuseAsync(context, settings);
    });

    public static IEndpointConventionBuilder MapOidc(this IEndpointRouteBuilder app) => app.MapGet(Path, async (
        HttpContext http, SignInChoices choices, SignInWatch watch, string? returnUrl) =>
    {
        try
        {
            await http.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new() { RedirectUri = PortalSignIn.Local(returnUrl) });
        }
        catch (InvalidOperationException unreachable)
        {
            var host = choices.Oidc!.Host;
            watch.TellFault($"The OpenID provider {host} could not be asked where people sign in.", unreachable);
            await ShowAsync<SignInPage>(http, StatusCodes.Status503ServiceUnavailable, new
            {
                ReturnUrl = PortalSignIn.Local(returnUrl),
                Problem = $"{host} cannot be reached from this server. Try again in a minute, or sign in with an account.",
            });
        }
    });

    /// <summary>The provider says who it is; the role claim says what they may.</summary>
    private static async Task AdmitAsync(TokenValidatedContext context, OidcSettings settings)
    {
        var services = context.HttpContext.RequestServices;
        var principal = context.Principal!;
        var name = NameOf(principal, settings);
        var role = settings.RoleOf(principal.FindAll(settings.RoleClaim).Select(claim => claim.Value));
        await services.GetRequiredService<SignInWatch>().TellAsync(new(
            role is null ? PasswordOutcome.Wrong : PasswordOutcome.Right, name, context.HttpContext.Connection.RemoteIpAddress,
            role is null ? $"OpenID, without a known value of {settings.RoleClaim}" : "OpenID") { Role = role });
        if (role is { } known)
        {
            context.Principal = services.GetRequiredService<PortalSessions>().OfProvider(name, known);
            return;
        }
        await ShowAsync<NoRolePage>(context.HttpContext, StatusCodes.Status403Forbidden, new { UserName = name, Settings = settings });
        context.HandleResponse();
    }

    /// <summary>Anybody may come here with any words: they fill neither the log nor the activity.</summary>
    private static async Task RefuseAsync(RemoteFailureContext context, OidcSettings settings)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        context.HandleResponse();
        if (!services.GetRequiredService<SignInAttempts>().MayTry(http.Connection.RemoteIpAddress))
        {
            http.Response.Headers.RetryAfter = "60";
            await ShowAsync<SignInPage>(http, StatusCodes.Status429TooManyRequests, new { Problem = SignInAttempts.TooMany });
            return;
        }
        await services.GetRequiredService<SignInWatch>().TellAsync(new(
            PasswordOutcome.Wrong, null, http.Connection.RemoteIpAddress, $"OpenID: {Clean(context.Failure?.Message ?? "", MaxFailureLength)}"));
        await ShowAsync<SignInPage>(
            http,
            StatusCodes.Status401Unauthorized,
            new { Problem = $"{settings.Host} did not sign you in. Try again; if it stays like this, ask whoever runs this server to look at its log." });
    }

    private static Task ShowAsync<TPage>(HttpContext http, int status, object parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        PortalHeaders.Set(http, isPage: true);
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status }.ExecuteAsync(http);
    }

    private static string NameOf(ClaimsPrincipal principal, OidcSettings settings)
    {
        var name = principal.FindFirstValue(settings.NameClaim) ?? principal.FindFirstValue("email") ?? principal.FindFirstValue("sub") ?? "";
        return Clean(name, MaxNameLength) is { Length: > 0 } clean ? clean : "unnamed";
    }

    private static string Clean(string text, int maxLength)
    {
        var clean = string.Concat(text.Where(character => !char.IsControl(character) && !char.IsSurrogate(character))).Trim();
        return clean.Length <= maxLength ? clean : clean[..maxLength];
    }
}
