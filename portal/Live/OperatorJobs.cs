using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>The door for whoever is signed in at this page, with the role of this moment; the name stands in the history of what they change.</summary>
internal sealed class OperatorJobs(JobsEngine engine, AuthenticationStateProvider authentication, PortalSessions sessions) : IJobs
{
    public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var (name, role) = sessions.UserOf(state.User) ?? throw new JobsException(
            JobsError.AccessDenied, "You are no longer signed in: you signed out, or the account was deleted or given another password or role. Load the page again to sign in.");
        return await engine.As(Caller.Operator(name ?? "portal", role)).ExecuteAsync(operation, cancellationToken);
    }
}
