using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>The audit tells programs from the module, and whose key signed.</summary>
public sealed class ActivityOriginTests
{
    [Fact]
    public async Task A_program_is_recorded_as_API_and_the_module_as_cmdlet_each_with_the_user_of_its_key()
    {
        await using var server = await ApiServer.StartAsync();
        using var program = Client(server, server.Key, UserAgents.Program);
        var made = await program.ExecuteAsync(new CreateAccessKey("grace", AccessRole.OPERATOR), TestContext.Current.CancellationToken);
        using var module = Client(server, new(made.AccessKeyId, made.SecretAccessKey), UserAgents.Module);
        await module.ExecuteAsync(new CreateThing("lamp"), TestContext.Current.CancellationToken);

        var from = server.Clock.GetUtcNow().AddSeconds(-1.5);
        var activities = (await module.ExecuteAsync(
            new ListActivity { From = from, Until = from.AddSeconds(10) }, TestContext.Current.CancellationToken)).Activities;
        Assert.Equal(
            [("CreateThing", "grace", AccessRole.OPERATOR, CallOrigin.CMDLET), ("CreateAccessKey", "administrator", AccessRole.ADMINISTRATOR, CallOrigin.API)],
            activities.Select(activity => (activity.OperationName, activity.By, activity.Role!.Value, activity.Origin!.Value)));
        Assert.DoesNotContain(made.SecretAccessKey, string.Concat(activities), StringComparison.Ordinal);
        Assert.Empty((await module.ExecuteAsync(new ListActivity { Until = from }, TestContext.Current.CancellationToken)).Activities);
    }

    [Fact]
    public async Task A_server_that_asks_nobody_records_its_callers_as_anonymous()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        await server.Send("POST /things/lamp", "{}");

        var activity = Assert.Single((await server.Operator().ExecuteAsync(new ListActivity(), TestContext.Current.CancellationToken)).Activities);
        Assert.Equal(("anonymous", CallOrigin.API), (activity.By, activity.Origin));
    }

    private static JobsHttpClient Client(ApiServer server, SigV4Credentials key, string userAgent) =>
        new(new() { ControlEndpoint = server.Endpoint, Credentials = _ => new(key), UserAgent = userAgent }, clock: server.Clock);
}
