using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Broker;

/// <summary>What a broker is told when things go.</summary>
public sealed class GoneThingsTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_thing_that_is_gone_is_told_as_such_and_one_that_was_never_there_is_not()
    {
        await _t.Things("a", "b");
        using var feed = _t.Engine.Subscribe();
        await _t.Run(new DeleteThing("nobody"));
        await _t.Run(new DeleteThing("a"));
        await _t.Things("a");
        await _t.Run(new DeleteThing("a"));

        List<CredentialsTaken> told = [];
        while (told.Count < 2)
        {
            told.AddRange((await feed.Batches.ReadAsync(TestContext.Current.CancellationToken)).Events.OfType<CredentialsTaken>());
        }
        Assert.All(told, what => Assert.Equal(["a"], what.GoneThings));
        Assert.All(told, what => Assert.Equal(["a"], what.ThingNames));
    }
}
