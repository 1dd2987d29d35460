using IoTJobsToolkit.Wire.Signing;
using static IoTJobsToolkit.Wire.Tests.Signing.SignedVector;

namespace IoTJobsToolkit.Wire.Tests.Signing;

public sealed class SigV4RoundTripTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 23, 50, 0, TimeSpan.Zero);
    private static readonly SigV4Credentials Temporary = TestKey with { SessionToken = "a+token/with=all" };

    private readonly SigV4Verifier _verifier = new(["eu-west-1"]);

    private static SigV4Request Request { get; } = new()
    {
        Method = "PUT",
        RawPath = "/things/a%3Ab/jobs/$next",
        RawQuery = "b=x%20y&a=%2B",
        Headers =
        [
            new("Host", "localhost:8080"),
            new("X-Twice", " one  two "),
            new("x-twice", "three"),
            new("User-Agent", "changes on the way"),
        ],
        PayloadHash = SigV4Request.HashPayload("{}"u8),
    };

    [Theory]
    [InlineData("iot", Plane.Control)]
    [InlineData("IoT", Plane.Control)]
    [InlineData("iot-jobs-data", Plane.Data)]
    [InlineData("iotjobsdata", Plane.Data)]
    [InlineData("IoTLaser", Plane.Data)]
    public void The_service_of_the_scope_names_the_plane(string service, Plane plane)
    {
        var outcome = _verifier.Verify(Signed(TestKey, service), Now, _ => TestKey);

        Assert.Equal(new SigV4Outcome.Verified("AKIDEXAMPLE", "eu-west-1", service, plane), outcome);
    }

    [Fact]
    public void Temporary_credentials_are_verified_with_their_token()
    {
        Assert.IsType<SigV4Outcome.Verified>(_verifier.Verify(Signed(Temporary, "iot"), Now, _ => Temporary));
        Assert.IsType<SigV4Outcome.Verified>(_verifier.Verify(Presigned(Temporary, "iot"), Now, _ => Temporary));
    }

    [Theory]
    [InlineData(-15 * 60)]
    [InlineData(15 * 60)]
    public void A_clock_may_be_fifteen_minutes_off(int seconds) =>
        Assert.IsType<SigV4Outcome.Verified>(
            _verifier.Verify(Signed(TestKey, "iot"), Now.AddSeconds(seconds), _ => TestKey));

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public void A_presigned_query_is_good_until_it_expires(int seconds) =>
        Assert.IsType<SigV4Outcome.Verified>(
            _verifier.Verify(Presigned(TestKey, "iot"), Now.AddSeconds(seconds), _ => TestKey));

    [Fact]
    public void A_Date_header_stands_in_for_X_Amz_Date()
    {
        var signed = Signed(TestKey, "iot", withoutDate: true);

        // The signer always signs X-Amz-Date, so this signature is made by hand.
        var scope = new CredentialScope("AKIDEXAMPLE", "20260304", "eu-west-1", "iot");
        var request = signed with { Headers = [.. signed.Headers, new("Date", "Wed, 04 Mar 2026 23:50:00 GMT")] };
        using var canonical = CanonicalRequest.Write(request, "date;host");
        var signature = new byte[32];
        CanonicalRequest.Sign(
            canonical, "20260304T235000Z", scope, SigningKeys.Derive(scope, TestKey.SecretAccessKey), signature);
        var authorization = $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope},SignedHeaders=date;host,Signature={Convert.ToHexStringLower(signature)}";

        var outcome = _verifier.Verify(
            request with { Headers = [.. request.Headers, new("Authorization", authorization)] }, Now, _ => TestKey);

        Assert.IsType<SigV4Outcome.Verified>(outcome);
    }

    [Fact]
    public void Headers_that_change_on_the_way_are_not_signed()
    {
        var signed = Signed(TestKey, "iot");
        var changed = signed with
        {
            Headers = [.. signed.Headers.Where(header => header.Key != "User-Agent"), new("X-Forwarded-For", "10.0.0.1")],
        };

        Assert.IsType<SigV4Outcome.Verified>(_verifier.Verify(changed, Now, _ => TestKey));
    }

    [Fact]
    public void A_new_secret_of_the_same_key_replaces_the_remembered_one()
    {
        var rotated = TestKey with { SecretAccessKey = "another secret" };
        var old = Signed(TestKey, "iot");

        Assert.IsType<SigV4Outcome.Verified>(_verifier.Verify(old, Now, _ => TestKey));
        Assert.IsType<SigV4Outcome.Refused>(_verifier.Verify(old, Now, _ => rotated));
        Assert.IsType<SigV4Outcome.Verified>(_verifier.Verify(Signed(rotated, "iot"), Now, _ => rotated));
    }

    [Fact]
    public void The_memory_for_signing_keys_is_bounded()
    {
        var keys = new SigningKeys();
        for (var i = 0; i < SigningKeys.Capacity * 2; i++)
        {
            keys.For(new CredentialScope("AKIDEXAMPLE", "20260304", $"region-{i}", "iot"), "secret");
        }

        Assert.InRange(keys.Count, 1, SigningKeys.Capacity);
    }

    [Fact]
    public void A_request_without_a_host_is_not_signed() =>
        Assert.Throws<ArgumentException>(() =>
            SigV4Signer.Sign(Request with { Headers = [] }, TestKey, "eu-west-1", "iot", Now));

    [Fact]
    public void Credentials_print_without_their_secret() =>
        Assert.Equal("SigV4Credentials { AccessKeyId = AKIDEXAMPLE }", Temporary.ToString());

    private static SigV4Request Signed(SigV4Credentials credentials, string service, bool withoutDate = false)
    {
        var headers = SigV4Signer.Sign(Request, credentials, "eu-west-1", service, Now);
        return withoutDate ? Request : Request with { Headers = [.. Request.Headers, .. headers.All()] };
    }

    private static SigV4Request Presigned(SigV4Credentials credentials, string service) => Request with
    {
        RawQuery = SigV4Signer.Presign(Request, credentials, "eu-west-1", service, Now, TimeSpan.FromMinutes(10)),
    };
}
