using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties;

/// <summary>The engine against a second opinion on jobs-reference, on random programs.</summary>
public sealed class EngineFollowsModelTests
{
    [Fact]
    public async Task The_engine_does_what_the_model_does_in_leaps_in_small_steps_and_through_restarts()
    {
        var failure = await Property.Default.FindFailureAsync(Property.Programs(otherwise: 500), TestContext.Current.CancellationToken);
        Assert.True(failure is null, failure);
    }
}
