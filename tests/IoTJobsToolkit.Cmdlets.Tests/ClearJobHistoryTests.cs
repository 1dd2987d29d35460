using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ClearJobHistoryTests : IAsyncLifetime, IDisposable
{
    private const string All = "3 jobs with 6 executions, history of 1 deleted job";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Shell _shell;

    private ClearJobHistoryTests(Where where) => _shell = new(where);

    public sealed class InProcess() : ClearJobHistoryTests(Where.InProcess)
    {
        /// <summary>A server would still finish the call that is under way.</summary>
        [Fact]
        public void A_stop_ends_it_and_the_next_run_finds_the_rest()
        {
            Fleet.AddEndedJobs(_shell.DatabasePath, 5_000, TimeSpan.FromDays(25));
            using var clearing = _shell.Create("Clear-IoTJobHistory 20 -Force; 'not reached'");
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            clearing.InvocationStateChanged += (_, change) =>
            {
                if (change.InvocationStateInfo.State == PSInvocationState.Stopping)
                {
                    stopped.SetResult();
                }
            };
            clearing.Streams.Progress.DataAdded += (_, added) =>
            {
                if (clearing.Streams.Progress[added.Index].Activity == "Clearing job history" && !stopped.Task.IsCompleted)
                {
                    clearing.BeginStop(null, null);
                    Assert.True(stopped.Task.Wait(Deadline));
                }
            };

            var output = Outcome.Of(clearing, []).Output;
            Assert.Equal(PSInvocationState.Stopped, clearing.InvocationStateInfo.State);
            Assert.Empty(output);
            var left = Jobs().Count;
            Assert.InRange(left, 2, 4_004);
            _shell.Run("Clear-IoTJobHistory 20 -WhatIf").IsSilent();
            Assert.Contains($"{left - 1} jobs with", _shell.Host.Text, StringComparison.Ordinal);
        }
    }

    public sealed class ThroughServer() : ClearJobHistoryTests(Where.ThroughServer);

    /// <summary>Three jobs which ended thirty days ago, one that was deleted then, and one that still runs.</summary>
    public async ValueTask InitializeAsync()
    {
        using var earlier = new EarlierEngine(_shell.DatabasePath, TimeSpan.FromDays(30));
        await earlier.CreateThings("a", "b", "c");
        await earlier.CreateJob("x", ["a", "b", "c"]);
        await earlier.CreateJob("y", ["a"]);
        await earlier.CreateJob("z", ["a", "b"]);
        await earlier.CreateJob("deleted", ["a"]);
        await earlier.EndJob("x");
        await earlier.EndJob("y");
        await earlier.EndJob("z");
        await earlier.Run(new DeleteJob("deleted") { Force = true });
        await earlier.Settle();
        await earlier.CreateJob("live", ["a"]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void WhatIf_tells_how_much_would_go_and_nothing_goes()
    {
        _shell.Run("Get-IoTJob").Succeeds();
        var before = _shell.Fingerprint(andLog: false);

        foreach (var command in new[] { "Clear-IoTJobHistory 20 -WhatIf", "Clear-IoTJobHistory 20 -Force -PassThru -WhatIf", "& { $WhatIfPreference = $true; Clear-IoTJobHistory 20 -Force }" })
        {
            var text = _shell.Host.Text.Length;
            _shell.Run(command).IsSilent();
            Assert.Contains(All, _shell.Host.Text[text..], StringComparison.Ordinal);
        }

        Assert.Equal(before, _shell.Fingerprint(andLog: false));
        Assert.Equal(["live", "x", "y", "z"], Jobs());
    }

    [Fact]
    public void WhatIf_says_so_where_nothing_would_go()
    {
        _shell.Run("Clear-IoTJobHistory 40 -WhatIf").IsSilent();
        Assert.Contains("nothing; what ended before", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_with_the_numbers_and_does_it_only_after_a_yes()
    {
        _shell.Run("Clear-IoTJobHistory 20").IsSilent();
        Assert.Contains(All, Assert.Single(_shell.Host.Questions), StringComparison.Ordinal);
        Assert.Equal(["live", "x", "y", "z"], Jobs());

        _shell.Host.Answer = "Yes";
        _shell.Run("Clear-IoTJobHistory 20").IsSilent();
        Assert.Equal(["live"], Jobs());
        Assert.Equal(["live"], _shell.Run("Get-IoTJobExecutionsForThingList a | ForEach-Object JobId").Succeeds().Text);
    }

    [Fact]
    public void With_Force_nobody_is_asked_and_PassThru_writes_the_sums()
    {
        var sums = _shell.One<ClearJobHistoryResponse>("Clear-IoTJobHistory -OlderThan 20 -Force -PassThru");
        Assert.Equal(new(3, 6, 1), sums);
        Assert.Empty(_shell.Host.Questions);

        Assert.Equal(new(0, 0, 0), _shell.One<ClearJobHistoryResponse>("Clear-IoTJobHistory 20 -PassThru"));
        Assert.Empty(_shell.Host.Questions);
    }

    [Fact]
    public void An_age_of_nothing_clears_all_that_has_ended_and_Select_chooses_what_is_written()
    {
        _shell.Run("Stop-IoTJob live").Succeeds();
        Assert.Equal(["4"], _shell.Run("Clear-IoTJobHistory 0 -Force -Select Jobs").Succeeds().Text);
        Assert.Empty(Jobs());
    }

    [Theory]
    [InlineData("20")]
    [InlineData("20.5")]
    [InlineData("'20'")]
    [InlineData("20d")]
    [InlineData("([timespan]::FromDays(20))")]
    [InlineData("'20.00:00:00'")]
    [InlineData("([datetime]::Now.AddDays(-20))")]
    [InlineData("([datetime]::UtcNow.AddDays(-20))")]
    [InlineData("([datetimeoffset]::Now.AddDays(-20))")]
    [InlineData("([datetime]::Now.AddDays(-20).ToString('yyyy-MM-dd'))")]
    [InlineData("([datetime]::UtcNow.AddDays(-20).ToString('o'))")]
    public void A_date_and_an_age_may_be_said_in_any_way(string olderThan)
    {
        Assert.Equal(3, _shell.One($"Clear-IoTJobHistory {olderThan} -Force -PassThru").Jobs);
        Assert.Equal(["live"], Jobs());
    }

    [Theory]
    [InlineData("40")]
    [InlineData("([timespan]'40.00:00:00')")]
    [InlineData("([datetime]::Now.AddDays(-40))")]
    [InlineData("([datetime]::MinValue)")]
    [InlineData("([datetimeoffset]::MinValue)")]
    public void What_ended_later_stays(string olderThan)
    {
        Assert.Equal(new ClearJobHistoryResponse(0, 0, 0), _shell.One<ClearJobHistoryResponse>($"Clear-IoTJobHistory {olderThan} -Force -PassThru"));
        Assert.Equal(["live", "x", "y", "z"], Jobs());
    }

    [Theory]
    [InlineData("-5", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("'soon'", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("([timespan]'-1')", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("1e300", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("([double]::NaN)", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("$true", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("$null", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("1, 2", "ParameterArgumentTransformationError", "a number of days")]
    [InlineData("([datetime]::Now.AddDays(1))", "InvalidRequestException", "must not be in the future")]
    public void What_says_no_time_of_the_past_clears_nothing(string olderThan, string id, string words)
    {
        Assert.Contains(words, _shell.Run($"Clear-IoTJobHistory {olderThan} -Force").Fails(id).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["live", "x", "y", "z"], Jobs());
    }

    [Fact]
    public void More_than_one_call_takes_goes_too_and_progress_is_shown()
    {
        Fleet.AddEndedJobs(_shell.DatabasePath, 1_050, TimeSpan.FromDays(25));

        var outcome = _shell.Run("Clear-IoTJobHistory 20 -Force -PassThru").Succeeds();
        Assert.Equal(new ClearJobHistoryResponse(1_053, 6, 1), Assert.Single(outcome.Output).BaseObject);
        var shown = outcome.Progress.Where(record => record.Activity == "Clearing job history").ToList();
        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], shown.Select(record => record.RecordType));
        Assert.InRange(shown[0].PercentComplete, 90, 99);
        Assert.Equal(["live"], Jobs());
    }

    private IReadOnlyList<string> Jobs() => [.. _shell.Run("Get-IoTJobList | ForEach-Object JobId").Succeeds().Text.Order(StringComparer.Ordinal)];
}
