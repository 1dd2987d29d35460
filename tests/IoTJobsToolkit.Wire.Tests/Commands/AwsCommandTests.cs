using System.Diagnostics;
using System.Text;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Wire.Commands;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Tests.Commands;

/// <summary>The command as a POSIX shell takes it apart, and its JSON as the server reads it.</summary>
public sealed class AwsCommandTests
{
    private static readonly Uri Endpoint = new("http://127.0.0.1:8080/");
    private static readonly JobsSettings Settings = new();

    [Fact]
    public async Task The_shell_hands_the_cli_the_same_request()
    {
        var request = new CreateJob("fw-8", [Settings.ThingArn("pump-1"), Settings.ThingGroupArn("eu")])
        {
            Document = "{\n  \"say\": \"it's `$(rm)` ${HOME} \\\"x\\\" \\\\ ü€🚀\"\n}",
            Description = "Don't $panic: `now` \"ü\" 🚀 ’",
            TargetSelection = TargetSelection.CONTINUOUS,
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 100, ExponentialRate = new() { BaseRatePerMinute = 5, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfSucceededThings = 7 } } },
            AbortConfig = new() { CriteriaList = [new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.ALL, ThresholdPercentage = 12.5m, MinNumberOfExecutedThings = 3 }] },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.TIMED_OUT, NumberOfRetries = 2 }] },
            SchedulingConfig = new() { EndTime = "2027-01-01T00:00:00Z", EndBehavior = JobEndBehavior.CANCEL, MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] },
            Tags = [new() { Key = "who's", Value = "a\"b" }],
            DocumentParameters = new Dictionary<string, string> { ["command"] = "echo,'hi'" },
        };

        var words = await SplitAsync(AwsCommand.Of(request, Settings, Endpoint));

        Assert.Equal(["aws", "iot", "create-job", "--endpoint-url", "http://127.0.0.1:8080", "--region", "us-east-1", "--cli-input-json"], words[..^1]);
        var read = JsonSerializer.Deserialize(words[^1], WireJson.Aws.TypeOf<CreateJob>());
        Assert.Equal(Text(request), Text(read!));
        Assert.Equal(request.Document, read!.Document);
    }

    [Fact]
    public async Task Any_text_survives_the_shell()
    {
        var random = new Random(20261130);
        const string alphabet = "'\"`$\\\n\r\t !*?{}[]()<>|&;#~-=%aZ0üß€日🚀‘’“”\u2028\u0085";
        var texts = Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Rune(random)))).ToList();

        Assert.Equal(texts, await SplitAsync(string.Join(' ', texts.Select(AwsCommand.Quote))));

        string Rune(Random source)
        {
            var runes = alphabet.EnumerateRunes().ToList();
            return runes[source.Next(runes.Count)].ToString();
        }
    }

    private static string Text(CreateJob request) => JsonSerializer.Serialize(request, WireJson.Aws.TypeOf<CreateJob>());

    private static async Task<string[]> SplitAsync(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell.");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {command}"]) { RedirectStandardOutput = true, StandardOutputEncoding = new UTF8Encoding(false) })!;
        var text = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        return text.Split('\0')[..^1];
    }
}
