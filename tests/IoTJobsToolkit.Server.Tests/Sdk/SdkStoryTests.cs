using System.Text.RegularExpressions;
using IoTJobsToolkit.Wire;

namespace IoTJobsToolkit.Server.Tests.Sdk;

public sealed partial class SdkStoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sdk-story-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Stories => new()
    {
        { "sdk-story.mjs", "aws" },
        { "sdk-story.mjs", "seed" },
        { "sdk-groups.mjs", "aws" },
        { "sdk-registry.mjs", "aws" },
    };

    [Fact]
    public void Every_operation_succeeds_in_a_story()
    {
        var told = Stories.Select(story => File.ReadAllText(Path.Combine(NodeScript.Folder, story.Data.Item1)))
            .SelectMany(text => SuccessfulCall().Matches(text))
            .Select(call => $"{(call.Groups[1].Value == "device" ? Plane.Data : Plane.Control)} {call.Groups[2].Value}");

        Assert.Empty(Routes.All.Where(route => !route.IsExtension).Select(route => $"{route.Plane} {route.Operation}").Except(told));
    }

    [Theory]
    [MemberData(nameof(Stories))]
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

    [GeneratedRegex(@"(?<!refused\()(?<!rejects\()\b(control|device|silent)\('(\w+)'")]
    private static partial Regex SuccessfulCall();
}
