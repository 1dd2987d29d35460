using System.Security.Claims;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

/// <summary>What somebody may do whose page has been open since before something happened to the account.</summary>
public sealed class OpenPageTests : IDisposable
{
    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("deleted")]
    [InlineData("signed out")]
    public async Task Nothing_more_is_done_for_an_account_that_is_signed_in_no_longer(string what)
    {
        var (sessions, jobs, principal) = await OpenAsync(AccessRole.OPERATOR);
        await jobs.ExecuteAsync(new CreateThing("before"), TestContext.Current.CancellationToken);

        switch (what)
        {
            case "role":
                await _fleet.RunAsync(new UpdateAccount("alice") { Role = AccessRole.ADMINISTRATOR });
                break;
            case "password":
                await _fleet.RunAsync(new UpdateAccount("alice") { Password = "quite another word" });
                break;
            case "deleted":
                await _fleet.RunAsync(new DeleteAccount("alice"));
                break;
            default:
                sessions.End(principal);
                break;
        }

        var refused = await Assert.ThrowsAsync<JobsException>(() => jobs.ExecuteAsync(new CreateThing("after"), TestContext.Current.CancellationToken));
        Assert.Equal(JobsError.AccessDenied, refused.Error);
        Assert.Contains("Load the page again to sign in", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JobsException>(() => jobs.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_role_may_at_the_page_what_it_may_elsewhere()
    {
        var (_, jobs, _) = await OpenAsync(AccessRole.VIEWER);
        await jobs.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<JobsException>(() => jobs.ExecuteAsync(new CreateThing("t"), TestContext.Current.CancellationToken));
        Assert.Contains("alice is not authorized", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_not_signed_in_may_nothing_unless_nobody_is_asked()
    {
        var nobody = new FixedState(new(new ClaimsIdentity()));
        var open = new OperatorJobs(_fleet.Engine, nobody, new(_fleet.Engine, _fleet.Clock, isOpen: true));
        await open.ExecuteAsync(new CreateThing("t"), TestContext.Current.CancellationToken);

        var asked = new OperatorJobs(_fleet.Engine, nobody, new(_fleet.Engine, _fleet.Clock, isOpen: false));
        await Assert.ThrowsAsync<JobsException>(() => asked.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));
    }

    private async Task<(PortalSessions Sessions, IJobs Jobs, ClaimsPrincipal Principal)> OpenAsync(AccessRole role)
    {
        await _fleet.RunAsync(new CreateAccount("alice", role, SignInServer.Password));
        var sessions = new PortalSessions(_fleet.Engine, _fleet.Clock, isOpen: false);
        var principal = PortalSessions.Of(_fleet.Engine.Accounts["alice"]);
        return (sessions, new OperatorJobs(_fleet.Engine, new FixedState(principal), sessions), principal);
    }

    private sealed class FixedState(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
