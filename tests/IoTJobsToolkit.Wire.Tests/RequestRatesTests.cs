using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Who calls too often is told so in each plane's way (http-api 6).</summary>
public sealed class RequestRatesTests : IDisposable
{
    private readonly WireConversation _wire = new(settings: new() { RequestRates = RequestRatesProfile.Aws });

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task The_control_plane_answers_400_and_the_data_plane_429()
    {
        await _wire.Control("POST /things/t");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(404, (await _wire.Control("GET /things/t/jobs/j")).Status);
        }
        Assert.Contains("DescribeJobExecution", (await _wire.Control("GET /things/t/jobs/j")).IsRefused(400, "ThrottlingException").Message, StringComparison.Ordinal);

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(404, (await _wire.Data("GET /things/t/jobs/j")).Status);
        }
        (await _wire.Data("GET /things/t/jobs")).IsRefused(429, "ThrottlingException");
        Assert.Equal(200, (await _wire.Data("PUT /things/t/jobs/$next")).Status);

        _wire.At(1);
        Assert.Equal(404, (await _wire.Control("GET /things/t/jobs/j")).Status);
        Assert.Equal(200, (await _wire.Data("GET /things/t/jobs")).Status);
    }
}
