using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>When background work that failed is tried again.</summary>
public sealed class BackoffTests
{
    [Fact]
    public void What_failed_and_is_not_tried_again_wakes_nobody_for_ever()
    {
        var backoff = new Backoff();
        backoff.Failed(1, TestEngine.T0);
        Assert.Equal(TestEngine.T0.AddSeconds(1), backoff.NextAfter(TestEngine.T0));
        backoff.Failed(2, TestEngine.T0.AddSeconds(10));
        Assert.Equal(TestEngine.T0.AddSeconds(11), backoff.NextAfter(TestEngine.T0.AddSeconds(10)));
        Assert.Null(backoff.NextAfter(TestEngine.T0.AddSeconds(11)));
        Assert.True(backoff.MayRun(1, TestEngine.T0.AddSeconds(11)));
    }
}
