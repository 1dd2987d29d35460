using IoTJobsToolkit.Wire.Client;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class JobsHttpClientOptionsTests
{
    [Theory]
    [InlineData("ftp://host")]
    [InlineData("/jobs")]
    [InlineData("http://host/?a=b")]
    [InlineData("http://host/#a")]
    [InlineData("http://user:pass-word@host/")]
    public void An_endpoint_is_an_address_and_nothing_else(string endpoint)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new JobsHttpClientOptions { ControlEndpoint = new(endpoint, UriKind.RelativeOrAbsolute) });

        Assert.DoesNotContain("pass-word", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Good() with { DataEndpoint = new(endpoint, UriKind.RelativeOrAbsolute) });
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Good() with { Region = "" });
        Assert.Throws<ArgumentException>(() => Good() with { Region = "eu-west-1\n" });
        Assert.Throws<ArgumentOutOfRangeException>(() => Good() with { MaxAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Good() with { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => Good() with { Timeout = Timeout.InfiniteTimeSpan });
    }

    private static JobsHttpClientOptions Good() => new() { ControlEndpoint = new("http://127.0.0.1:8080") };
}
