namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Which plane a request means (examples 18).</summary>
public sealed class PlaneChoiceTests
{
    [Theory]
    [InlineData("iot", Plane.Control)]
    [InlineData("iot-jobs-data", Plane.Data)]
    [InlineData("IoT-Jobs-Data", Plane.Data)]
    [InlineData("iotlaser", Plane.Data)]
    [InlineData("iotjobsdata", Plane.Data)]
    [InlineData("s3", Plane.Control)]
    public void The_scope_of_the_signature_decides(string service, Plane plane)
    {
        var credential = $"AKID/20261201/us-east-1/{service}/aws4_request";

        Assert.Equal(plane, PlaneChoice.Of($"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00", "", false, "localhost"));
        Assert.Equal(plane, PlaneChoice.Of(null, $"X-Amz-Credential={Uri.EscapeDataString(credential)}&X-Amz-Date=1", false, "localhost"));
    }

    [Fact]
    public void The_scope_wins_over_host_and_certificate()
    {
        const string authorization = "AWS4-HMAC-SHA256 Credential=AKID/20261201/us-east-1/iot/aws4_request, SignedHeaders=host, Signature=00";

        Assert.Equal(Plane.Control, PlaneChoice.Of(authorization, "", true, "data.jobs.iot.us-east-1.amazonaws.com"));
    }

    [Theory]
    [InlineData(true, "iot.us-east-1.amazonaws.com", Plane.Data)]
    [InlineData(false, "data.jobs.iot.us-east-1.amazonaws.com", Plane.Data)]
    [InlineData(false, "a1b2c3.jobs.iot.us-east-1.amazonaws.com", Plane.Data)]
    [InlineData(false, "iot.us-east-1.amazonaws.com", Plane.Control)]
    [InlineData(false, "localhost", Plane.Control)]
    public void Without_a_signature_certificate_and_host_decide(bool certificate, string host, Plane plane) =>
        Assert.Equal(plane, PlaneChoice.Of(null, "", certificate, host));

    [Theory]
    [InlineData("localhost", Plane.Data)]
    [InlineData("iot.us-east-1.amazonaws.com", Plane.Control)]
    [InlineData("data.jobs.iot.us-east-1.amazonaws.com", Plane.Data)]
    public void A_host_that_says_nothing_leaves_it_to_the_port(string host, Plane plane) =>
        Assert.Equal(plane, PlaneChoice.Of(null, "", false, host, Plane.Data));

    [Theory]
    [InlineData("Bearer iotj.t.ID.SECRET", Plane.Data)]
    [InlineData("bearer iotj.t.ID.SECRET", Plane.Data)]
    [InlineData("Basic dDp0", Plane.Control)]
    public void A_token_decides_as_a_certificate_does(string authorization, Plane plane) =>
        Assert.Equal(plane, PlaneChoice.Of(authorization, "", false, "iot.us-east-1.amazonaws.com"));

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=x", "", true)]
    [InlineData("AWS4-HMAC-SHA256", "", true)]
    [InlineData("Bearer iotj.t.ID.SECRET,AWS4-HMAC-SHA256 Credential=x", "", true)]
    [InlineData(null, "X-Amz-Algorithm=AWS4-HMAC-SHA256", true)]
    [InlineData(null, "a=1&X-Amz-Credential=AKID%2F20261201%2Fus-east-1%2Fiot%2Faws4_request", true)]
    [InlineData("Bearer iotj.t.ID.SECRET", "maxResults=1", false)]
    [InlineData(null, "", false)]
    public void Whoever_signs_is_no_device(string? authorization, string query, bool isSigned) =>
        Assert.Equal(isSigned, PlaneChoice.IsSigned(authorization, query));
}
