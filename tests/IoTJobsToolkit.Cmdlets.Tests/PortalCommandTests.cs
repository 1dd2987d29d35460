using System.Management.Automation.Language;
using System.Text;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Wire.Commands;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>The command that the portal shows for a job makes the job that the portal would make.</summary>
public sealed class PortalCommandTests : IDisposable
{
    private const string Document = "{\n  \"say\": \"it's `$(exit) ${HOME} @{a=1} ‘quoted’ \\\"x\\\" ü🚀\"\n}";

    private static readonly JobsSettings Settings = new();
    private static readonly string Windows = "cron(0 22 * * ? *)";

    private readonly Shell _shell = new();

    public PortalCommandTests() => _shell.Run("New-IoTThing pump-1; New-IoTThing pump-2; New-IoTThingGroup eu; New-IoTThingGroup us").Succeeds();

    public void Dispose() => _shell.Dispose();

    public static TheoryData<string, CreateJob> Requests()
    {
        string[] targets = [Settings.ThingArn("pump-1"), Settings.ThingArn("pump-2"), Settings.ThingGroupArn("eu"), Settings.ThingGroupArn("us")];
        return new()
        {
            { "the least", new("job", targets[..1]) { Document = "{}" } },
            { "texts", new("job", targets) { Document = Document, Description = "Don't $panic: `now` \"ü\" 🚀 ’‘‚‛'", Tags = [new() { Key = "team of", Value = "it's; \"$x\"" }, new() { Key = "b", Value = "" }], NamespaceId = "space_1" } },
            {
                "rules", new("job", targets)
                {
                    Document = "{}",
                    TargetSelection = TargetSelection.SNAPSHOT,
                    JobExecutionsRolloutConfig = new() { MaximumPerMinute = 100, ExponentialRate = new() { BaseRatePerMinute = 5, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 20, NumberOfSucceededThings = 7 } } },
                    AbortConfig = new() { CriteriaList = [Abort(JobExecutionFailureType.FAILED, 20), Abort(JobExecutionFailureType.ALL, 12.25m)] },
                    TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
                    JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 2 }, new() { FailureType = RetryableFailureType.TIMED_OUT, NumberOfRetries = 3 }] },
                    PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/Reader", ExpiresInSec = 600 },
                    DestinationPackageVersions = ["arn:aws:iot:us-east-1:123456789012:package/p/version/1"],
                }
            },
            {
                "times", new("job", targets[2..])
                {
                    Document = "{}",
                    TargetSelection = TargetSelection.CONTINUOUS,
                    SchedulingConfig = new()
                    {
                        StartTime = Time(2), EndTime = Time(200), EndBehavior = JobEndBehavior.FORCE_CANCEL,
                        MaintenanceWindows = [new() { StartTime = Windows, DurationInMinutes = 120 }, new() { StartTime = "cron(0 3 ? * SAT *)", DurationInMinutes = 30 }],
                    },
                }
            },
            {
                "a managed template", new("job", targets[..2])
                {
                    JobTemplateArn = Settings.ManagedJobTemplateArn("AWS-Run-Command", "1.0"),
                    DocumentParameters = new Dictionary<string, string> { ["command"] = "echo,'$(x)' `n", ["runAsUser"] = "root" },
                }
            },
        };
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_command_makes_the_job_of_the_form(string what, CreateJob request)
    {
        Assert.NotEmpty(what);
        Parse(PowerShellCommand.Of(request with { JobId = "by-command" }, Settings));
        _shell.Run(PowerShellCommand.Of(request with { JobId = "by-command" }, Settings)).Succeeds();
        _shell.CloseDatabase();
        using (var engine = new EarlierEngine(_shell.DatabasePath, TimeSpan.Zero))
        {
            await engine.Run(request with { JobId = "by-form" });
        }

        var byCommand = Facts("by-command");
        Assert.Equal(Facts("by-form"), byCommand);
        Assert.Contains("\"Targets\"", byCommand, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_one_argument_with_the_same_characters()
    {
        var random = new Random(20261130);
        var alphabet = "'\"`$\\\n\r\t !*?{}[]()<>|&;#~-=%@,aZ0üß€日🚀‘’‚‛“”„\u2028\u0085\u00a0–".EnumerateRunes().ToList();
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Count)].ToString()));
            var command = Parse($"f -a {PowerShellCommand.Quote(text)} -b @{{ x = {PowerShellCommand.Quote(text)} }}");

            Assert.Equal(5, command.CommandElements.Count);
            Assert.Equal(text, Assert.IsType<StringConstantExpressionAst>(command.CommandElements[2]).Value);
            Assert.Equal(text, _shell.One<string>(PowerShellCommand.Quote(text)));
        }
    }

    private static CommandAst Parse(string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        Assert.Empty(errors.Select(error => error.Message));
        var pipeline = Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements));
        return Assert.IsType<CommandAst>(Assert.Single(pipeline.PipelineElements));
    }

    private static AbortCriteria Abort(JobExecutionFailureType type, decimal percentage) =>
        new() { FailureType = type, Action = AbortAction.CANCEL, ThresholdPercentage = percentage, MinNumberOfExecutedThings = 10 };

    private static string Time(int hours) => Engine.Schedules.JobSchedule.Text(TimeProvider.System.GetUtcNow().AddHours(hours));

    /// <summary>All that was asked for: the job without its id and what time and work have made of it, its document and tags.</summary>
    private string Facts(string jobId)
    {
        var job = _shell.One<DescribeJobResponse>($"Get-IoTJob {jobId}").Job;
        var tags = _shell.Run($"Get-IoTTagListForResource {job.JobArn} | ForEach-Object {{ \"$($_.Key)=$($_.Value)\" }}").Succeeds().Text;
        var text = JsonSerializer.Serialize(job with
        {
            DocumentParameters = job.DocumentParameters is { } values ? new SortedDictionary<string, string>(values.ToDictionary()) : null,
            JobId = "", JobArn = "", CreatedAt = default, LastUpdatedAt = default, CompletedAt = null, JobProcessDetails = new(), Status = default, IsConcurrent = false,
        });
        var document = _shell.Run($"Get-IoTJobDocument {jobId}").Succeeds().Text;
        return new StringBuilder(text).Append(document[0]).AppendJoin(';', tags).ToString();
    }
}
