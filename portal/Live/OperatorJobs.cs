using System.Security.Claims;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>The door for whoever is signed in at this page, with the role of this moment; the name stands in the history of what they change.</summary>
internal sealed class OperatorJobs(JobsEngine engine, AuthenticationStateProvider authentication, PortalSessions sessions) : IJobs
{
    /// <exception cref="JobsException"><see cref="JobsError.AccessDenied"/>, where whoever signed in no longer counts.</exception>
    public static Caller CallerOf(PortalSessions sessions, ClaimsPrincipal principal)
    {
        var (name, role) = sessions.UserOf(principal) ?? throw new JobsException(
            JobsError.AccessDenied, "You are no longer signed in: you signed out, or the account was deleted or given another password or role. Load the page again to sign in.");
        return Caller.Operator(name ?? "portal", role, CallOrigin.PORTAL);
    }

    public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return await engine.As(CallerOf(sessions, state.User)).ExecuteAsync(operation, cancellationToken);
    }
}
