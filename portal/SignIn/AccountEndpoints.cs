using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>One's own account: a page outside the portal's live ones, for it gives out a new cookie.</summary>
internal static class AccountEndpoints
{
    public const string Path = "/portal/account";

    public static void Map(WebApplication app)
    {
        app.MapGet(Path, (HttpContext http, PortalSessions sessions) => Page(http, sessions)).WithMetadata(PortalAnswer.Page).RequireAuthorization();
        app.MapPost(Path, ChangeAsync).WithMetadata(PortalAnswer.Page).RequireAuthorization();
    }

    private static async Task<RazorComponentResult<AccountPage>> ChangeAsync(
        HttpContext http, JobsEngine engine, PortalSessions sessions, SignInAttempts attempts, SignInWatch watch,
        [FromForm] string? oldPassword, [FromForm] string? newPassword, [FromForm] string? repeated)
    {
        var from = http.Connection.RemoteIpAddress;
        if (sessions.AccountOf(http.User) is not { } account)
        {
            return Page(http, sessions, "You did not sign in with an account of this portal: your password is kept where you signed in.", StatusCodes.Status400BadRequest);
        }
        if (newPassword != repeated)
        {
            return Page(http, sessions, "The new password was not repeated as it was typed first. Type it twice.", StatusCodes.Status400BadRequest);
        }
        if (!attempts.MayTry(from))
        {
            http.Response.Headers.RetryAfter = "60";
            return Page(http, sessions, SignInAttempts.TooMany, StatusCodes.Status429TooManyRequests);
        }
        try
        {
            await engine.As(Caller.Operator(account.Name, account.Role, CallOrigin.PORTAL)).ExecuteAsync(new ChangePassword(account.Name, oldPassword ?? "", newPassword ?? ""));
        }
        catch (JobsException refused)
        {
            if (refused.Error == JobsError.AccessDenied)
            {
                var isLocked = engine.Accounts.GetValueOrDefault(account.Name)?.IsLockedAt(engine.Time) is true;
                await watch.TellAsync(new(isLocked ? PasswordOutcome.LocksAccount : PasswordOutcome.Wrong, account.Name, from, "change of password"));
            }
            return Page(http, sessions, refused.Message, StatusCodes.Status400BadRequest);
        }
        if (engine.Accounts.GetValueOrDefault(account.Name) is { } changed)
        {
            http.User = PortalSessions.Of(changed);
            await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, http.User, new() { IsPersistent = false });
        }
        return Page(http, sessions, isChanged: true);
    }

    private static RazorComponentResult<AccountPage> Page(
        HttpContext http, PortalSessions sessions, string? problem = null, int status = StatusCodes.Status200OK, bool isChanged = false) =>
        new(new
        {
            User = sessions.UserOf(http.User) ?? default,
            HasPassword = sessions.AccountOf(http.User) is not null,
            Problem = problem,
            IsChanged = isChanged,
        })
        { StatusCode = status };
}
