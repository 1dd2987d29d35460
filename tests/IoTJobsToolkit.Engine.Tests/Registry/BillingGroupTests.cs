using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Registry;

/// <summary>http-api 12, CreateThing: nothing bills here, so that no billing group is known.</summary>
public sealed class BillingGroupTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_thing_of_a_billing_group_is_refused_and_not_there()
    {
        var refusal = await Refused(_t.Run(new CreateThing("a") { BillingGroupName = "cost-7" }), JobsError.ResourceNotFound);

        Assert.Contains("cost-7", refusal.Message, StringComparison.Ordinal);
        await Refused(_t.Run(new DescribeThing("a")), JobsError.ResourceNotFound);
    }
}
