using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Looks every few seconds whether whoever has a page open is still signed in; the page loads itself again when not.</summary>
internal sealed class PortalAuthenticationState(ILoggerFactory loggers, PortalSessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval { get; } = TimeSpan.FromSeconds(3);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.UserOf(authenticationState.User) is not null);
}
