using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Access;

public sealed class CredentialTests : IDisposable
{
    private readonly TestEngine _t = new(services: new() { Credentials = new CountingIssuer() });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task An_access_key_is_made_listed_and_deleted_and_outlives_a_restart()
    {
        var made = await _t.Run(new CreateAccessKey("ci", AccessRole.VIEWER));
        Assert.Equal(("K1", "secret 1", "ci", AccessRole.VIEWER), (made.AccessKeyId, made.SecretAccessKey, made.UserName, made.Role));
        _t.Restart();

        var listed = Assert.Single((await _t.Run(new ListAccessKeys())).AccessKeys);
        Assert.Equal(new("K1", "ci", AccessRole.VIEWER, TestEngine.T0, "admin"), listed);
        Assert.Equal("sealed 1", _t.Engine.AccessKeys["K1"].ProtectedSecret);

        await _t.Run(new DeleteAccessKey("K1"));
        Assert.Empty(_t.Engine.AccessKeys);
        await TestEngine.Refused(_t.Run(new DeleteAccessKey("K1")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Access_keys_are_listed_in_pages()
    {
        for (var i = 0; i < 5; i++)
        {
            await _t.Run(new CreateAccessKey("ci", AccessRole.OPERATOR));
        }
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListAccessKeys { MaxResults = 2, NextToken = token });
            seen.AddRange(page.AccessKeys.Select(key => key.AccessKeyId));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["K1", "K2", "K3", "K4", "K5"], seen);
    }

    [Theory]
    [InlineData(null, AccessRole.VIEWER)]
    [InlineData("", AccessRole.VIEWER)]
    [InlineData("a\nb", AccessRole.VIEWER)]
    [InlineData("ci", null)]
    [InlineData("ci", (AccessRole)9)]
    public Task An_access_key_without_a_name_or_role_is_refused(string? name, AccessRole? role) =>
        TestEngine.Refused(_t.Run(new CreateAccessKey(name!, role)), JobsError.InvalidRequest);

    [Fact]
    public async Task A_given_key_takes_the_place_of_the_one_given_before_and_of_no_other()
    {
        await _t.Run(new CreateAccessKey("administrator", AccessRole.OPERATOR));
        await _t.Engine.KeepAccessKeyAsync(new("A", "s", "p"), "administrator", TestContext.Current.CancellationToken);
        await _t.Engine.KeepAccessKeyAsync(new("B", "s", "p"), "administrator", TestContext.Current.CancellationToken);
        await _t.Engine.KeepAccessKeyAsync(new("B", "s", "q"), "administrator", TestContext.Current.CancellationToken);

        Assert.Equal(["B", "K1"], _t.Engine.AccessKeys.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("q", AccessRole.ADMINISTRATOR), (_t.Engine.AccessKeys["B"].ProtectedSecret, _t.Engine.AccessKeys["B"].Role));
    }

    [Fact]
    public async Task A_token_and_a_certificate_are_found_until_they_are_revoked()
    {
        await _t.Run(new CreateThing("lamp"));
        var token = await _t.Run(new CreateThingToken("lamp") { ValidDays = 2 });
        var certificate = await _t.Run(new CreateThingCertificate("lamp"));
        var version = _t.Engine.CredentialsVersion;

        Assert.Equal(TestEngine.T0.AddDays(2), token.ExpiresAt);
        Assert.Equal("hash 1", (await Find("lamp", token.TokenId))!.SecretHash);
        Assert.True((await Find("lamp", certificate.CertificateId))!.IsGoodAt(TestEngine.T0));

        await TestEngine.Refused(_t.Run(new RevokeThingToken("lamp", certificate.CertificateId)), JobsError.ResourceNotFound);
        await _t.Run(new RevokeThingCertificate("lamp", certificate.CertificateId));
        await _t.Run(new RevokeThingCertificate("lamp", certificate.CertificateId));

        Assert.False((await Find("lamp", certificate.CertificateId))!.IsGoodAt(TestEngine.T0));
        Assert.NotEqual(version, _t.Engine.CredentialsVersion);
        _t.Clock.Advance(TimeSpan.FromDays(2));
        var statuses = (await _t.Run(new ListThingCredentials("lamp"))).Credentials.ToDictionary(line => line.Kind, line => line.Status);
        Assert.Equal(ThingCredentialStatus.REVOKED, statuses[ThingCredentialKind.CERTIFICATE]);
        Assert.Equal(ThingCredentialStatus.EXPIRED, statuses[ThingCredentialKind.TOKEN]);
    }

    [Fact]
    public async Task Credentials_go_with_their_thing()
    {
        await _t.Run(new CreateThing("lamp"));
        var token = await _t.Run(new CreateThingToken("lamp"));
        var version = _t.Engine.CredentialsVersion;

        await _t.Run(new DeleteThing("lamp"));
        Assert.Null(await Find("lamp", token.TokenId));
        Assert.NotEqual(version, _t.Engine.CredentialsVersion);

        await _t.Run(new CreateThing("lamp"));
        Assert.Null(await Find("lamp", token.TokenId));
    }

    [Fact]
    public async Task A_thing_has_a_hundred_good_credentials_at_the_most()
    {
        await _t.Run(new CreateThing("lamp"));
        for (var i = 0; i < 100; i++)
        {
            await _t.Run(new CreateThingToken("lamp"));
        }
        await TestEngine.Refused(_t.Run(new CreateThingToken("lamp")), JobsError.LimitExceeded);
        await _t.Run(new RevokeThingToken("lamp", "T1"));
        await _t.Run(new CreateThingToken("lamp"));
        await TestEngine.Refused(_t.Run(new CreateThingToken("none")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task What_ended_before_the_retention_is_cleared_when_another_one_is_issued()
    {
        await _t.Run(new CreateThing("lamp"));
        await _t.Run(new CreateThing("other"));
        await _t.Run(new CreateThingToken("lamp")); // T1 is good for ever.
        await _t.Run(new CreateThingToken("lamp") { ValidDays = 1 }); // T2
        await _t.Run(new CreateThingCertificate("lamp")); // C3
        await _t.Run(new CreateThingToken("lamp") { ValidDays = 30 }); // T4
        await _t.Run(new CreateThingToken("other") { ValidDays = 1 }); // T5
        await _t.Run(new RevokeThingCertificate("lamp", "C3"));
        _t.Clock.Advance(TimeSpan.FromDays(91) + TimeSpan.FromSeconds(1));

        await _t.Run(new CreateThingToken("lamp")); // T6
        _t.Restart();

        Assert.Equal(["T1", "T4", "T6"], await Ids("lamp"));
        Assert.Equal(["T5"], await Ids("other"));
        Assert.Null(await Find("lamp", "C3"));
    }

    [Fact]
    public async Task What_has_ended_is_kept_as_long_as_the_settings_say()
    {
        using var t = new TestEngine(new() { RetentionDays = 1 }, new() { Credentials = new CountingIssuer() });
        await t.Run(new CreateThing("lamp"));
        await t.Run(new CreateThingToken("lamp"));
        await t.Run(new RevokeThingToken("lamp", "T1"));

        t.Clock.Advance(TimeSpan.FromDays(1));
        await t.Run(new CreateThingToken("lamp"));
        Assert.Equal(2, (await t.Run(new ListThingCredentials("lamp"))).Credentials.Count);

        t.Clock.Advance(TimeSpan.FromSeconds(1));
        await t.Run(new CreateThingToken("lamp"));
        Assert.Equal(["T2", "T3"], (await t.Run(new ListThingCredentials("lamp"))).Credentials.Select(line => line.CredentialId));
    }

    [Fact]
    public async Task Who_issues_and_revokes_in_a_loop_keeps_the_hundred_that_ended_last()
    {
        await _t.Run(new CreateThing("lamp"));
        for (var i = 1; i <= 105; i++)
        {
            await _t.Run(new CreateThingToken("lamp"));
            await _t.Run(new RevokeThingToken("lamp", $"T{i}"));
            _t.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await _t.Run(new CreateThingToken("lamp"));

        Assert.Equal(Enumerable.Range(6, 101).Select(i => $"T{i}").Order(StringComparer.Ordinal), await Ids("lamp"));
    }

    [Fact]
    public async Task Where_nothing_can_be_issued_the_refusal_says_so()
    {
        using var bare = new TestEngine();
        await bare.Run(new CreateThing("lamp"));

        await TestEngine.Refused(bare.Run(new CreateAccessKey("ci", AccessRole.VIEWER)), JobsError.InvalidRequest);
        await TestEngine.Refused(bare.Run(new CreateThingToken("lamp")), JobsError.InvalidRequest);
        await TestEngine.Refused(bare.Run(new CreateThingCertificate("lamp")), JobsError.InvalidRequest);
    }

    private async Task<IEnumerable<string>> Ids(string thing) =>
        (await _t.Run(new ListThingCredentials(thing))).Credentials.Select(line => line.CredentialId);

    private Task<ThingCredential?> Find(string thing, string id) =>
        _t.Engine.FindThingCredentialAsync(thing, id, TestContext.Current.CancellationToken);

    internal sealed class CountingIssuer : ICredentialIssuer
    {
        private int _count;

        public IssuedAccessKey NewAccessKey() => ++_count is var n ? new($"K{n}", $"secret {n}", $"sealed {n}") : null!;

        public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays) =>
            new($"C{++_count}", "pem", signingRequest is null ? "key" : null, "ca", TestEngine.T0.AddDays(validDays));

        public IssuedToken NewToken(string thingName) => ++_count is var n ? new($"T{n}", $"token {n}", $"hash {n}") : null!;
    }
}
