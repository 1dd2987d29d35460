using System.Security.Claims;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>The door for whoever is signed in at this page; the name stands in the history of what they change.</summary>
internal sealed class OperatorJobs(JobsEngine engine, AuthenticationStateProvider authentication) : IJobs
{
    public static Caller CallerOf(ClaimsPrincipal principal)
    {
        var (name, role) = PortalUser.Of(principal);
        return Caller.Operator(name ?? "portal", role, CallOrigin.PORTAL);
    }

    public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return await engine.As(CallerOf(state.User)).ExecuteAsync(operation, cancellationToken);
    }
}
