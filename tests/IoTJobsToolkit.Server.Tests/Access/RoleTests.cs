using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

public sealed class RoleTests
{
    [Fact]
    public async Task Keys_are_made_listed_and_deleted_over_HTTP()
    {
        await using var server = await ApiServer.StartAsync();

        var key = await MakeAsync(server, "VIEWER");
        (await server.Signed("iot", "GET /jobs", key: key)).IsOk();
        var listed = await server.Control("GET /toolkit/access-keys");
        Assert.Equal(2, listed.Json["accessKeys"]!.AsArray().Count);
        Assert.DoesNotContain(key.SecretAccessKey, listed.Body, StringComparison.Ordinal);

        (await server.Control($"DELETE /toolkit/access-keys/{key.AccessKeyId}")).IsOk();
        (await server.Signed("iot", "GET /jobs", key: key)).IsRefused(403, "UnrecognizedClientException");
    }

    /// <summary>Each operation of the table: what a viewer may not do is refused before the request itself is looked at.</summary>
    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");
        var viewer = await MakeAsync(server, "VIEWER");
        var tried = 0;
        foreach (var route in Routes.All.Where(route => Permission.NeededRole(route.OperationType) > AccessRole.VIEWER))
        {
            var path = string.Join('/', route.Segments.Select(segment => segment switch
            {
                { IsMember: false } => segment.Text,
                { Text: "thingName" } => "t",
                { Text: "executionNumber" } => "1",
                _ => "q",
            }));
            var answer = await server.Signed(route.Plane == Plane.Data ? "iot-jobs-data" : "iot", $"{route.Method} /{path}", "not JSON", viewer);
            if (answer.Error == "UnauthorizedException")
            {
                answer.IsRefused(401, "UnauthorizedException");
            }
            else
            {
                answer.IsRefused(403, "AccessDeniedException");
            }
            tried++;
        }
        Assert.True(tried > 30);
        Assert.Equal("IN_PROGRESS", (string?)(await server.Signed("iot", "GET /jobs/q", key: viewer)).Json["job"]!["status"]);
    }

    [Fact]
    public async Task The_registry_says_unauthorized_where_the_model_has_the_word()
    {
        await using var server = await ApiServer.StartAsync();
        var viewer = await MakeAsync(server, "VIEWER");

        (await server.Signed("iot", "POST /things/t", "{}", viewer)).IsRefused(401, "UnauthorizedException");
        (await server.Signed("iot", "POST /thing-groups/g", "{}", viewer)).IsRefused(403, "AccessDeniedException");
    }

    [Fact]
    public async Task An_operator_runs_jobs_and_gives_no_access()
    {
        await using var server = await ApiServer.StartAsync();
        var key = await MakeAsync(server, "OPERATOR");

        (await server.Signed("iot", "POST /things/t", "{}", key)).IsOk();
        (await server.Signed("iot", "POST /toolkit/access-keys", """{"userName":"x","role":"ADMINISTRATOR"}""", key)).IsRefused(403, "AccessDeniedException");
        (await server.Signed("iot", "GET /toolkit/access-keys", key: key)).IsRefused(403, "AccessDeniedException");
    }

    [Fact]
    public async Task The_secret_lies_nowhere_in_the_folder()
    {
        await using var server = await ApiServer.StartAsync();

        var secret = server.Administrator.NewSecret!;
        Assert.All(
            Directory.GetFiles(Path.GetDirectoryName(server.DatabasePath)!),
            file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_and_a_password_that_an_earlier_version_kept_in_its_file_move_into_the_database()
    {
        var folder = Directory.CreateTempSubdirectory("earlier-");
        try
        {
            var path = Path.Combine(folder.FullName, "jobs.db");
            var file = CredentialsFile.PathFor(path);
            await File.WriteAllTextAsync(file, $$"""{"accessKeyId":"IOTJOLD","secretAccessKey":"an old secret key","adminPasswordHash":"{{new IdentityPasswords().Hash("pass word")}}"}""", TestContext.Current.CancellationToken);

            await using var server = await ApiServer.StartAsync($"--Jobs:DatabasePath={path}");

            (await server.Signed("iot", "GET /jobs", key: new("IOTJOLD", "an old secret key"))).IsOk();
            Assert.False(File.Exists(file));
            Assert.Null(server.Administrator.NewSecret);
            Assert.Null(server.Account.NewPassword);
            Assert.True(server.Engine.CheckPassword("admin", "pass word").Matches);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_the_key_file_a_new_administrators_key_is_made()
    {
        await using var server = await ApiServer.StartAsync(new InMemoryJobsStore());
        var old = server.Key;
        await server.StopAsync();
        File.Delete(SecretKeyFile.PathFor(server.DatabasePath));

        await using var next = await ApiServer.StartAsync(server.Store, $"--Jobs:DatabasePath={server.DatabasePath}");

        Assert.NotNull(next.Administrator.NewSecret);
        (await next.Control("GET /jobs")).IsOk();
        (await next.Signed("iot", "GET /jobs", key: old)).IsRefused(403, "UnrecognizedClientException");
    }

    private static async Task<SigV4Credentials> MakeAsync(ApiServer server, string role)
    {
        var made = await server.Control("POST /toolkit/access-keys", $$"""{"userName":"somebody","role":"{{role}}"}""");
        made.IsOk();
        return new((string)made.Json["accessKeyId"]!, (string)made.Json["secretAccessKey"]!);
    }
}
