using IoTJobsToolkit.Engine.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>The page on which one signs in, and the way out.</summary>
internal static class SignInEndpoints
{
    /// <summary>The same for all reasons: a stranger learns nothing from it.</summary>
    private static readonly string Refusal =
        $"Name and password do not match, or the account is locked: {Account.MaxFailedAttempts} wrong passwords in a row lock it for {Account.LockTime.TotalMinutes:0} minutes.";

    public static void Map(WebApplication app)
    {
        app.MapGet(PortalSignIn.Path, Results<RazorComponentResult<SignInPage>, RedirectHttpResult> (HttpContext http, string? returnUrl) =>
            http.User.Identity is { IsAuthenticated: true } ? TypedResults.LocalRedirect(PortalSignIn.Local(returnUrl)) : Page(returnUrl)).WithMetadata(PortalAnswer.Page);
        app.MapPost(PortalSignIn.Path, SignInAsync).WithMetadata(PortalAnswer.Page);
        app.MapPost("/portal/sign-out", SignOutAsync).WithMetadata(PortalAnswer.Page);
    }

    private static async Task<Results<RazorComponentResult<SignInPage>, RedirectHttpResult>> SignInAsync(
        HttpContext http, PasswordSignIn passwords, SignInAttempts attempts,
        [FromForm] string? account, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var from = http.Connection.RemoteIpAddress;
        if (!attempts.MayTry(from))
        {
            http.Response.Headers.RetryAfter = "60";
            return Page(returnUrl, account, SignInAttempts.TooMany, StatusCodes.Status429TooManyRequests);
        }
        if (await passwords.SignInAsync(account?.Trim() ?? "", password ?? "", from) is not { } known)
        {
            return Page(returnUrl, account, Refusal, StatusCodes.Status401Unauthorized);
        }
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, PortalSessions.Of(known), new() { IsPersistent = false });
        return TypedResults.LocalRedirect(PortalSignIn.Local(returnUrl));
    }

    /// <param name="stay">Never sent; a form is asked for so that its token is.</param>
    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, PortalSessions sessions, [FromForm] string? stay)
    {
        sessions.End(http.User);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect(PortalSignIn.Path);
    }

    private static RazorComponentResult<SignInPage> Page(string? returnUrl, string? account = null, string? problem = null, int status = StatusCodes.Status200OK) =>
        new(new { ReturnUrl = PortalSignIn.Local(returnUrl), AccountName = account, Problem = problem }) { StatusCode = status };
}
