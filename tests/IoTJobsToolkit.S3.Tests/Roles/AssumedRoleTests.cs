using System.Net;
using System.Net.Sockets;
using System.Web;
using IoTJobsToolkit.Engine.Documents;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.S3.Tests.Roles;

/// <summary>Sessions of a role: fetched when needed, one at a time, and never outlived by a URL.</summary>
public sealed class AssumedRoleTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
    private const string OtherRole = "arn:aws:iam::123456789012:role/Other";

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly List<S3ObjectStore> stores = [];
    private StsStandIn sts = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => sts = await StsStandIn.StartAsync(clock);

    public async ValueTask DisposeAsync()
    {
        stores.ForEach(store => store.Dispose());
        await sts.DisposeAsync();
    }

    private S3ObjectStore Store(Uri? endpoint = null, string region = "us-east-1", int duration = 3600)
    {
        var store = new S3ObjectStore(
            new S3Settings
            {
                Region = region,
                AccessKeyId = "AKIASERVER",
                SecretAccessKey = "server's own",
                Roles = [new S3Role { Arn = Role, Assume = true }, new S3Role { Arn = OtherRole, Assume = true }],
                Sts = new() { Endpoint = endpoint ?? sts.Endpoint, DurationSeconds = duration },
            },
            clock);
        stores.Add(store);
        return store;
    }

    private string Presign(S3ObjectStore store, int expiresInSec = 600, string role = Role, S3Location? location = null, PresignMethod method = PresignMethod.Get) => store.Presign(
        new PresignRequest(location ?? new("s3.amazonaws.com", "job-test-bucket", "datafile"), method, clock.GetUtcNow(), expiresInSec, role));

    private static string Parameter(string url, string name) => HttpUtility.ParseQueryString(new Uri(url).Query)[name]!;

    private static string KeyOf(string url) => Parameter(url, "X-Amz-Credential").Split('/')[0];

    private static int LifeOf(string url) => int.Parse(Parameter(url, "X-Amz-Expires"), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<PresignException> Refused(S3ObjectStore store)
    {
        await store.PrepareRoleAsync(Role, Cancellation);
        var refused = Assert.Throws<PresignException>(() => Presign(store));
        Assert.Null(refused.UnpreparedRole);
        return refused;
    }

    [Fact]
    public async Task The_url_holds_the_session_and_is_signed_as_botocore_signs_it()
    {
        (sts.AccessKey, sts.Secret, sts.Token) = (_ => "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "FwoGZXIvYXdzE+Example/Token==&x");
        var store = Store();
        await store.PrepareRoleAsync(Role, Cancellation);

        // botocore 1.43.11, S3SigV4QueryAuth.
        Assert.Equal(
            "https://s3.amazonaws.com/job-test-bucket/datafile?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=600&X-Amz-Security-Token=FwoGZXIvYXdzE%2BExample%2FToken%3D%3D%26x&X-Amz-SignedHeaders=host&X-Amz-Signature=4ae989f385e399b0e7ba9468f162f810074cb41727d5fc8fb9b0a9ead594e994",
            Presign(store));
        Assert.EndsWith(
            "&X-Amz-Signature=f592f6a61c70174d9090aa129e46f828ccc91fb31b4f36718a09910c224ddec0",
            Presign(store, 60, location: new("s3.us-west-2.amazonaws.com", "logs-bucket", "up/a b.log", "us-west-2"), method: PresignMethod.Put),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task STS_is_asked_for_the_role_with_the_servers_own_key()
    {
        await Store(region: "eu-west-1", duration: 7200).PrepareRoleAsync(Role, Cancellation);

        var call = await sts.NextCall();
        Assert.Equal((Role, "IoTJobsToolkit", 7200), (call.RoleArn, call.SessionName, call.DurationSeconds));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIASERVER/", call.Authorization, StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/sts/aws4_request", call.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_the_role_is_named_and_nobody_is_asked_until_it_is_prepared()
    {
        var store = Store();

        Assert.Equal(Role, Assert.Throws<PresignException>(() => Presign(store)).UnpreparedRole);
        Assert.Equal(0, sts.Count);
        await store.PrepareRoleAsync(Role, Cancellation);
        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        Assert.Equal(OtherRole, Assert.Throws<PresignException>(() => Presign(store, role: OtherRole)).UnpreparedRole);
    }

    [Fact]
    public async Task A_young_session_is_used_again_and_preparing_it_completes_at_once()
    {
        var store = Store();
        await store.PrepareRoleAsync(Role, Cancellation);

        Assert.True(store.PrepareRoleAsync(Role, Cancellation).AsTask().IsCompletedSuccessfully);
        clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        Assert.Equal(1, sts.Count);
    }

    [Fact]
    public async Task Many_who_wait_share_one_call()
    {
        var gate = new TaskCompletionSource();
        sts.Gate = gate.Task;
        var store = Store();

        var waiting = Enumerable.Range(0, 50).Select(_ => store.PrepareRoleAsync(Role, Cancellation).AsTask()).ToList();
        await sts.NextCall();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal(1, sts.Count);
    }

    [Fact]
    public async Task Who_waits_can_be_canceled_and_the_session_comes_all_the_same()
    {
        var gate = new TaskCompletionSource();
        sts.Gate = gate.Task;
        var store = Store();
        using var canceled = new CancellationTokenSource();

        var waiting = store.PrepareRoleAsync(Role, canceled.Token).AsTask();
        await sts.NextCall();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.SetResult();
        await store.PrepareRoleAsync(Role, Cancellation);

        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        Assert.Equal(1, sts.Count);
    }

    [Fact]
    public async Task The_next_session_is_fetched_in_the_background_while_the_old_one_serves()
    {
        var store = Store();
        await store.PrepareRoleAsync(Role, Cancellation);
        await sts.NextCall();

        // 600 s are needed, and a twelfth of the session before that the next one is due.
        clock.Advance(TimeSpan.FromSeconds(3600 - 600 - 300));
        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        Assert.Equal(1, sts.Count);

        clock.Advance(TimeSpan.FromSeconds(1));
        var gate = new TaskCompletionSource();
        sts.Gate = gate.Task;
        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        await sts.NextCall();
        Assert.Equal("ASIA1", KeyOf(Presign(store)));
        gate.SetResult();
        await store.PrepareRoleAsync(Role, Cancellation);

        Assert.Equal("ASIA2", KeyOf(Presign(store)));
        Assert.Equal(2, sts.Count);
    }

    [Theory]
    [InlineData(3600, 3600)]
    [InlineData(3600, 600)]
    [InlineData(900, 3600)]
    [InlineData(900, 60)]
    [InlineData(7200, 3600)]
    public async Task No_url_outlives_its_session(int session, int wanted)
    {
        var store = Store(duration: session);
        for (var minute = 0; minute < 180; minute++)
        {
            string url;
            try
            {
                url = Presign(store, wanted);
            }
            catch (PresignException unprepared) when (unprepared.UnpreparedRole == Role)
            {
                await store.PrepareRoleAsync(Role, Cancellation);
                url = Presign(store, wanted);
            }

            Assert.InRange(clock.GetUtcNow().AddSeconds(LifeOf(url)), clock.GetUtcNow(), sts.Ends[KeyOf(url)]);
            Assert.InRange(LifeOf(url), Math.Min(wanted, session * 5 / 6), wanted);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(sts.Count, 180 * 60 / session, 100);
    }

    [Fact]
    public async Task While_STS_is_away_a_session_serves_to_its_end_with_shorter_urls()
    {
        var store = Store();
        await store.PrepareRoleAsync(Role, Cancellation);
        sts.Refusal = (403, "AccessDenied", "no longer");

        clock.Advance(TimeSpan.FromSeconds(3600 - 100));
        Assert.Equal(Role, Assert.Throws<PresignException>(() => Presign(store)).UnpreparedRole);
        await store.PrepareRoleAsync(Role, Cancellation);
        Assert.Equal(("ASIA1", 100), (KeyOf(Presign(store)), LifeOf(Presign(store))));

        // After a pause STS is asked again; an ended session serves nobody.
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(Role, Assert.Throws<PresignException>(() => Presign(store)).UnpreparedRole);
        Assert.Contains("no longer", (await Refused(store)).Message, StringComparison.Ordinal);
        sts.Refusal = null;
        clock.Advance(TimeSpan.FromSeconds(10));
        await store.PrepareRoleAsync(Role, Cancellation);
        Assert.StartsWith("ASIA", KeyOf(Presign(store)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_refusal_nobody_asks_STS_again_for_a_while()
    {
        sts.Refusal = (403, "AccessDenied", "no");
        var store = Store();
        await Refused(store);
        var asked = sts.Count;

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(Assert.Throws<PresignException>(() => Presign(store)).UnpreparedRole);
        Assert.Equal(asked, sts.Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Role, Assert.Throws<PresignException>(() => Presign(store)).UnpreparedRole);
    }

    [Theory]
    [InlineData(403, "AccessDenied", "sts:AssumeRole")]
    [InlineData(400, "ValidationError", "S3:Sts:DurationSeconds (3600)")]
    [InlineData(403, "InvalidClientTokenId", "S3:AccessKeyId, S3:SecretAccessKey and S3:Sts:Endpoint")]
    [InlineData(403, "SignatureDoesNotMatch", "S3:AccessKeyId, S3:SecretAccessKey and S3:Sts:Endpoint")]
    [InlineData(500, "InternalFailure", "S3:Sts:Endpoint")]
    public async Task A_refusal_says_what_to_do(int status, string code, string advice)
    {
        sts.Refusal = (status, code, "because of <this>");

        var message = (await Refused(Store())).Message;

        Assert.StartsWith($"The role {Role} cannot be assumed at {sts.Endpoint.GetLeftPart(UriPartial.Authority)} (", message, StringComparison.Ordinal);
        Assert.Contains("because of <this>", message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.DoesNotContain("server's own", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_has_ended_already_points_to_the_clocks()
    {
        sts.Length = TimeSpan.FromHours(-1);

        Assert.Contains("clocks", (await Refused(Store())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_named()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var nobody = new Uri($"http://{unused.LocalEndpoint}");
        unused.Stop();

        var message = (await Refused(Store(nobody))).Message;

        Assert.Contains(nobody.Authority, message, StringComparison.Ordinal);
        Assert.Contains("S3:Sts:Endpoint", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_that_are_not_listed_are_never_assumed()
    {
        var store = Store();
        await store.PrepareRoleAsync("arn:aws:iam::1:role/Unlisted", Cancellation);

        Assert.Contains("S3:Roles:2:Assume=true", Assert.Throws<PresignException>(() => Presign(store, role: "arn:aws:iam::1:role/Unlisted")).Message, StringComparison.Ordinal);
        Assert.Equal(0, sts.Count);
    }
}
