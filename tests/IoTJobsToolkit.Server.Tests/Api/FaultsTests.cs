using IoTJobsToolkit.Engine.Tests.Engine;

namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>What a caller hears of a fault that nobody foresaw: that there was one, in AWS's word for the operation, and where to look.</summary>
public sealed class FaultsTests
{
    [Theory]
    [InlineData("iot", "GET /things/cold", 500, "InternalFailureException")]
    [InlineData("iot", "POST /things/cold", 500, "InternalFailureException")]
    [InlineData("iot", "GET /thing-groups/g/things", 500, "InternalFailureException")]
    [InlineData("iot", "GET /things/cold/jobs", 503, "ServiceUnavailableException")]
    [InlineData("iot-jobs-data", "GET /things/cold/jobs", 503, "ServiceUnavailableException")]
    public async Task A_fault_is_told_by_its_request_and_not_in_the_programs_own_words(string service, string request, int status, string error)
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store);
        (await server.Control("POST /thing-groups/g", "{}")).IsOk();
        store.OnRead = name => throw new InvalidOperationException($"{name} in /srv/jobs.db is not as it should be");

        var answer = (await server.Signed(service, request)).IsRefused(status, error);

        Assert.DoesNotContain("/srv", answer.Message, StringComparison.Ordinal);
        Assert.Contains(answer.RequestId!, answer.Message, StringComparison.Ordinal);
        store.OnRead = null;
        Assert.NotEqual(status, (await server.Signed(service, request)).Status);
    }
}
