namespace IoTJobsToolkit.Server.Tests.Sdk;

public sealed class SdkStoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sdk-story-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("sdk-story.mjs", "aws")]
    [InlineData("sdk-story.mjs", "seed")]
    [InlineData("sdk-groups.mjs", "aws")]
    public async Task The_story_runs_with_the_original_SDK(string story, string dialect)
    {
        await using var portal = await PortalProcess.StartAsync(
            Path.Combine(_folder.FullName, "jobs.db"),
            $"--Jobs:Dialect={dialect}",
            "--S3:Roles:0:Arn=arn:aws:iam::123456789012:role/S3DownloadRole",
            "--S3:Roles:0:AccessKeyId=AKIAROLE",
            "--S3:Roles:0:SecretAccessKey=secret");
        var server = portal.Rendezvous;

        await NodeScript.RunAsync(
            story,
            "@aws-sdk/client-iot",
            ("ENDPOINT", server.Endpoint),
            ("REGION", server.Region),
            ("DIALECT", dialect),
            ("AWS_ACCESS_KEY_ID", server.AccessKeyId),
            ("AWS_SECRET_ACCESS_KEY", server.SecretAccessKey),
            ("AWS_SESSION_TOKEN", ""));
    }
}
