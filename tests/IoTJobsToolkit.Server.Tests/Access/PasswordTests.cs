using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tests.Access;

public sealed class PasswordTests
{
    private static readonly IPasswords[] Both = [new IdentityPasswords(), new PasswordHashes()];

    [Fact]
    public void The_module_and_the_server_read_each_others_hashes()
    {
        foreach (var made in Both)
        {
            var hash = made.Hash("correct horse battery");
            Assert.NotEqual(hash, made.Hash("correct horse battery"));
            foreach (var read in Both)
            {
                Assert.True(read.Matches(hash, "correct horse battery"));
                Assert.False(read.Matches(hash, "correct horse battery "));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AQAAAAIAAYagAAAAEA==")]
    [InlineData("AAAA")]
    [InlineData("////////////////////////////////////////////////////////////////////")]
    public void A_hash_that_cannot_be_read_matches_nothing(string hash) => Assert.All(Both, passwords => Assert.False(passwords.Matches(hash, "")));

    [Fact]
    public async Task A_given_password_counts_from_now_on_and_the_same_again_ends_no_session()
    {
        var store = new InMemoryJobsStore();
        await using var first = await ApiServer.StartAsync(store, "--Jobs:Bootstrap:AdminPassword=correct horse");
        var stamp = first.Engine.Accounts["admin"].Stamp;

        await using var again = await ApiServer.StartAsync(store, $"--Jobs:DatabasePath={first.DatabasePath}", "--Jobs:Bootstrap:AdminPassword=correct horse");
        Assert.Equal(stamp, again.Engine.Accounts["admin"].Stamp);

        await using var other = await ApiServer.StartAsync(store, $"--Jobs:DatabasePath={first.DatabasePath}", "--Jobs:Bootstrap:AdminPassword=other horse");
        Assert.NotEqual(stamp, other.Engine.Accounts["admin"].Stamp);
        Assert.True(other.Engine.CheckPassword("admin", "other horse").Matches);
    }

    [Fact]
    public async Task A_given_password_unlocks_its_account_also_when_it_is_the_same_again()
    {
        var store = new InMemoryJobsStore();
        await using var first = await ApiServer.StartAsync(store, "--Jobs:Bootstrap:AdminPassword=correct horse");
        for (var i = 0; i < Account.MaxFailedAttempts; i++)
        {
            await first.Engine.CountPasswordAsync(first.Engine.CheckPassword("admin", "wrong"), signsIn: true, TestContext.Current.CancellationToken);
        }
        var locked = first.Engine.Accounts["admin"];
        Assert.NotNull(locked.LockedUntil);

        await using var again = await ApiServer.StartAsync(store, $"--Jobs:DatabasePath={first.DatabasePath}", "--Jobs:Bootstrap:AdminPassword=correct horse");
        var unlocked = again.Engine.Accounts["admin"];
        Assert.Equal((null, 0, locked.Stamp), (unlocked.LockedUntil, unlocked.FailedAttempts, unlocked.Stamp));
    }

    [Fact]
    public async Task A_given_password_that_an_earlier_version_kept_moves_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("earlier-");
        try
        {
            var path = Path.Combine(folder.FullName, "jobs.db");
            var hash = new IdentityPasswords().Hash("correct horse");
            await File.WriteAllTextAsync(CredentialsFile.PathFor(path), $$"""{"adminPasswordHash":"{{hash}}"}""", TestContext.Current.CancellationToken);

            await using var server = await ApiServer.StartAsync($"--Jobs:DatabasePath={path}", "--Jobs:Bootstrap:AdminPassword=correct horse");

            Assert.Equal(hash, server.Engine.Accounts["admin"].PasswordHash);
            Assert.False(File.Exists(CredentialsFile.PathFor(path)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Accounts_are_kept_over_HTTP_and_no_answer_holds_a_hash()
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Control("POST /toolkit/accounts", """{"accountName":"alice","role":"OPERATOR","password":"a long enough word"}""")).IsOk();
        (await server.Control("PATCH /toolkit/accounts/ALICE", """{"role":"VIEWER","unlock":true}""")).IsOk();
        (await server.Control("POST /toolkit/accounts/alice/password", """{"oldPassword":"a long enough word","newPassword":"quite another word"}""")).IsOk();
        (await server.Control("POST /toolkit/accounts/alice/password", """{"oldPassword":"a long enough word","newPassword":"quite another word"}""")).IsRefused(403, "AccessDeniedException");

        var listed = await server.Control("GET /toolkit/accounts");
        Assert.Equal(["admin", "alice"], listed.Json["accounts"]!.AsArray().Select(account => (string)account!["accountName"]!));
        Assert.Equal("VIEWER", (string)listed.Json["accounts"]![1]!["role"]!);
        Assert.DoesNotContain(server.Engine.Accounts["alice"].PasswordHash, listed.Body, StringComparison.Ordinal);

        (await server.Control("DELETE /toolkit/accounts/alice")).IsOk();
        var last = await server.Control("DELETE /toolkit/accounts/admin");
        last.IsRefused(409, "ConflictException");
    }
}
