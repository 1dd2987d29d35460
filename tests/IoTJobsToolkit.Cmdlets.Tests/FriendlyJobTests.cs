using System.Globalization;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class FriendlyJobTests : IDisposable
{
    private readonly Shell _shell;

    private FriendlyJobTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp; New-IoTThing spare; New-IoTThingGroup eu; Add-IoTThingToThingGroup lamp eu").Succeeds();
    }

    public sealed class InProcess() : FriendlyJobTests(Where.InProcess);

    public sealed class ThroughServer() : FriendlyJobTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("50", "50")]
    [InlineData("'50'", "50")]
    [InlineData("'50 x1.5 every 100 notified'", " 50 1.5 100 ")]
    [InlineData("'50..1000 x1.5 every 100 notified'", "1000 50 1.5 100 ")]
    [InlineData("' 50 .. 1000  X2 After 100 Succeeded '", "1000 50 2  100")]
    [InlineData("'10..100 x1.1 every 10 succeeded or 20 notified'", "100 10 1.1 20 10")]
    [InlineData("@{ MaximumPerMinute = 7 }", "7")]
    [InlineData("([pscustomobject]@{ ExponentialRate = @{ BaseRatePerMinute = 5; IncrementFactor = 2; RateIncreaseCriteria = @{ NumberOfNotifiedThings = 3 } } })", " 5 2 3 ")]
    [InlineData("([IoTJobsToolkit.Engine.Jobs.JobExecutionsRolloutConfig]@{ MaximumPerMinute = 7 })", "7")]
    public void The_rate_of_a_rollout_is_a_number_or_a_short_text(string rate, string expected)
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -RolloutPerMinute {rate}").Succeeds();

        var config = Job("x").JobExecutionsRolloutConfig!;
        var growth = config.ExponentialRate;
        var text = growth is null
            ? $"{config.MaximumPerMinute}"
            : string.Create(CultureInfo.InvariantCulture, $"{config.MaximumPerMinute} {growth.BaseRatePerMinute} {growth.IncrementFactor:0.#} {growth.RateIncreaseCriteria!.NumberOfNotifiedThings} {growth.RateIncreaseCriteria.NumberOfSucceededThings}");
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("'FAILED >= 20% of 100'", "FAILED CANCEL 20 100")]
    [InlineData("'FAILED > 20% of 100'", "FAILED CANCEL 20 100")]
    [InlineData("'failed>12.5 % of 1', ' TIMED_OUT >= 0.25% of 10'", "FAILED CANCEL 12.5 1, TIMED_OUT CANCEL 0.25 10")]
    [InlineData("'ALL >= 100% of 5', 'Rejected >= 1% of 5'", "ALL CANCEL 100 5, REJECTED CANCEL 1 5")]
    [InlineData("@{ FailureType = 'FAILED'; ThresholdPercentage = 20; MinNumberOfExecutedThings = 3 }", "FAILED CANCEL 20 3")]
    [InlineData("'ALL >= 10% of 5', @{ FailureType = 'FAILED'; ThresholdPercentage = 20; MinNumberOfExecutedThings = 3; Action = 'CANCEL' }", "ALL CANCEL 10 5, FAILED CANCEL 20 3")]
    [InlineData("([IoTJobsToolkit.Engine.Jobs.AbortCriteria]@{ Action = 'CANCEL'; FailureType = 'ALL'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 12.5 })", "ALL CANCEL 12.5 1")]
    public void Abort_criteria_are_short_texts(string criteria, string expected)
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -AbortWhen {criteria}").Succeeds();

        Assert.Equal(expected, string.Join(", ", Job("x").AbortConfig!.CriteriaList!.Select(item => string.Create(
            CultureInfo.InvariantCulture, $"{item.FailureType} {item.Action} {item.ThresholdPercentage:0.##} {item.MinNumberOfExecutedThings}"))));
    }

    /// <summary>One of two has failed: 50 percent are reached, not exceeded.</summary>
    [Theory]
    [InlineData(">=")]
    [InlineData(">")]
    public void A_job_is_canceled_when_the_percentage_is_reached(string comparison)
    {
        _shell.Run($$"""
            New-IoTThing third; New-IoTJob x -Thing lamp, spare, third -Document '{}' -AbortWhen 'FAILED {{comparison}} 50% of 2'
            Start-IoTJNextPendingJobExecution lamp | Update-IoTJJobExecution -Status FAILED
            """).Succeeds();
        Assert.Equal("IN_PROGRESS", _shell.One("Get-IoTJob x").Status.ToString());

        _shell.Run("Start-IoTJNextPendingJobExecution spare | Update-IoTJJobExecution -Status SUCCEEDED").Succeeds();
        Assert.Equal("CANCELED", _shell.One("Get-IoTJob x").Status.ToString());
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("'30'", 30)]
    [InlineData("(New-TimeSpan -Hours 1.5)", 120)]
    [InlineData("([timespan]'01:30:00')", 90)]
    [InlineData("01:30:00", 90)]
    [InlineData("7.00:00:00", 10080)]
    public void A_timeout_is_minutes_or_a_time_span(string timeout, long expected)
    {
        foreach (var name in new[] { "TimeoutMinutes", "Timeout", "TimeoutConfig_InProgressTimeoutInMinute" })
        {
            _shell.Run($"New-IoTJob {name} -Thing lamp -Document '{{}}' -{name} {timeout}").Succeeds();
            Assert.Equal(expected, Job(name).TimeoutConfig!.InProgressTimeoutInMinutes);
        }
    }

    [Theory]
    [InlineData("3", "ALL 3")]
    [InlineData("'3'", "ALL 3")]
    [InlineData("0", "ALL 0")]
    [InlineData("'FAILED 3', 'timed_out 2'", "FAILED 3, TIMED_OUT 2")]
    [InlineData("@{ FAILED = 3 }", "FAILED 3")]
    [InlineData("([ordered]@{ FAILED = 3; TIMED_OUT = 7 })", "FAILED 3, TIMED_OUT 7")]
    [InlineData("@{ FailureType = 'FAILED'; NumberOfRetries = 2 }", "FAILED 2")]
    [InlineData("'FAILED 1', @{ FailureType = 'TIMED_OUT'; NumberOfRetries = 2 }", "FAILED 1, TIMED_OUT 2")]
    public void Retries_are_a_number_or_short_texts(string retry, string expected)
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -Retry {retry}").Succeeds();

        Assert.Equal(expected, string.Join(", ", Job("x").JobExecutionsRetryConfig!.CriteriaList!.Select(item => $"{item.FailureType} {item.NumberOfRetries}")));
    }

    [Fact]
    public void Three_retries_are_three_whatever_the_failure() => Assert.Equal(["FAILED 4"], _shell.Run("""
        New-IoTJob x -Thing lamp -Document '{}' -Retry 3 | Out-Null
        while (Start-IoTJNextPendingJobExecution lamp | Update-IoTJJobExecution -Status FAILED -PassThru) { }
        Get-IoTJobExecutionsForJobList x | Group-Object Status | ForEach-Object { "$($_.Name) $($_.Count)" }
        """).Succeeds().Text);

    [Theory]
    [InlineData("-RolloutPerMinute 0", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute 1.5", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50..1000'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50..10 x1.5 every 100 notified'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50 x1 every 100 notified'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50 x1.55 every 100 notified'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50 x2 every 1 notified or 2 notified'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute '50 x2 every 0 notified'", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-RolloutPerMinute fast", "'50..1000 x1.5 every 100 notified'")]
    [InlineData("-AbortWhen 'FAILED < 20% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED = 20% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 20%'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 20 of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 0% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 101% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 1.234% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 20% of 0'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'SUCCEEDED >= 20% of 100'", "'FAILED >= 20% of 100'")]
    [InlineData("-AbortWhen 'FAILED >= 20% of 99999999999'", "'FAILED >= 20% of 100'")]
    [InlineData("-TimeoutMinutes ([timespan]'00:00:30')", "whole number of minutes")]
    [InlineData("-PresignedUrlConfig_ExpiresInSec ([timespan]'00:01:30.5')", "whole number of seconds")]
    [InlineData("-Retry 11", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-Retry -1", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-Retry 1.5", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-Retry 'REJECTED 2'", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-Retry @{ REJECTED = 2 }", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-Retry @{ FAILED = 'often' }", "'FAILED 3', 'TIMED_OUT 2'")]
    [InlineData("-StartAt ([timespan]'-01:00:00')", "not in the future")]
    [InlineData("-EndAt ([timespan]::MaxValue)", "no date any more")]
    public void What_cannot_be_read_is_refused_with_the_form_it_has(string parameter, string form)
    {
        var error = _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' {parameter}").Fails("ParameterArgumentTransformationError");

        Assert.Contains(form, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-IoTJob").Succeeds().Output);
    }

    [Theory]
    [InlineData("-RolloutPerMinute 1001", "InvalidRequestException")]
    [InlineData("-TimeoutMinutes 0", "InvalidRequestException")]
    [InlineData("-TimeoutMinutes ([timespan]'7.00:01:00')", "InvalidRequestException")]
    [InlineData("-Retry 'FAILED 6', 'TIMED_OUT 6'", "InvalidRequestException")]
    [InlineData("-Retry 'FAILED 1', 'ALL 1'", "InvalidRequestException")]
    [InlineData("-AbortWhen @{ Failure = 'FAILED' }", "CannotConvertArgumentNoMessage")]
    [InlineData("-Retry 'FAILED 1', @{ FailureType = 'FAILED'; Retries = 1 }", "CannotConvertArgumentNoMessage")]
    public void What_the_service_does_not_take_is_refused(string parameter, string id) =>
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' {parameter}").Fails(id);

    [Theory]
    [InlineData("-RolloutPerMinute 5 -JobExecutionsRolloutConfig_MaximumPerMinute 5", "RolloutGivenTwice", "-RolloutPerMinute and by -JobExecutionsRolloutConfig_MaximumPerMinute")]
    [InlineData("-RolloutPerMinute 5 -JobExecutionsRolloutConfig_ExponentialRate @{ BaseRatePerMinute = 1 }", "RolloutGivenTwice", "-JobExecutionsRolloutConfig_ExponentialRate")]
    [InlineData("-AbortWhen 'ALL > 5% of 5' -AbortConfig_CriteriaList @{ FailureType = 'ALL' }", "AbortGivenTwice", "-AbortWhen and by -AbortConfig_CriteriaList")]
    [InlineData("-TimeoutMinutes 5 -TimeoutConfig_InProgressTimeoutInMinutes 5", "TimeoutGivenTwice", "-TimeoutMinutes and by -TimeoutConfig_InProgressTimeoutInMinute")]
    [InlineData("-Retry 5 -JobExecutionsRetryConfig_CriteriaList @{ FailureType = 'ALL' }", "RetryGivenTwice", "-Retry and by -JobExecutionsRetryConfig_CriteriaList")]
    public void What_is_given_in_two_ways_is_refused_by_each_cmdlet(string parameters, string id, string words)
    {
        _shell.Run("New-IoTJob x -Thing lamp -Document '{}'").Succeeds();
        foreach (var command in new[] { "New-IoTJob y -Thing lamp -Document '{}'", "Update-IoTJob x", "New-IoTJobTemplate t -Description d -Document '{}'" })
        {
            foreach (var mode in new[] { "", "-WhatIf" })
            {
                var outcome = _shell.Run($"{command} {parameters} {mode}; 'alone'");
                Assert.Contains(words, outcome.Fails(id).Exception.Message, StringComparison.Ordinal);
                Assert.Equal(["alone"], outcome.Text);
            }
        }
    }

    [Fact]
    public void A_template_and_an_update_take_the_same_words()
    {
        _shell.Run("""
            New-IoTJobTemplate t -Description d -Document @{ a = 1 } -RolloutPerMinute '5..50 x2 every 10 notified' -AbortWhen 'ALL >= 10% of 5' -Timeout 01:00:00 -Retry 2
            Get-IoTJobTemplate t | New-IoTJob -JobId x -Thing lamp
            New-IoTJob y -Thing lamp -Document '{}'
            Update-IoTJob y -RolloutPerMinute 7 -AbortWhen 'FAILED > 1% of 1' -TimeoutMinutes 5 -Retry 0
            """).Succeeds();

        var (x, y) = (Job("x"), Job("y"));
        Assert.Equal((50, 2m, 60L, 2), (x.JobExecutionsRolloutConfig!.MaximumPerMinute, x.JobExecutionsRolloutConfig.ExponentialRate!.IncrementFactor, x.TimeoutConfig!.InProgressTimeoutInMinutes, x.JobExecutionsRetryConfig!.CriteriaList![0].NumberOfRetries));
        Assert.Equal(10, Assert.Single(x.AbortConfig!.CriteriaList!).ThresholdPercentage);
        Assert.Equal((7, 5L, 0), (y.JobExecutionsRolloutConfig!.MaximumPerMinute, y.TimeoutConfig!.InProgressTimeoutInMinutes, y.JobExecutionsRetryConfig!.CriteriaList![0].NumberOfRetries));
        Assert.Equal(1, Assert.Single(y.AbortConfig!.CriteriaList!).MinNumberOfExecutedThings);
        Assert.Equal(["""{"a":1}"""], _shell.Run("Get-IoTJobDocument x").Text);
    }

    [Fact]
    public void Rows_of_a_table_bring_rates_and_rules_of_their_own()
    {
        _shell.Run("""
            'JobId,Thing,Document,RolloutPerMinute,AbortWhen,TimeoutMinutes,Retry', 'a,lamp,{},5,ALL >= 5% of 5,30,1', 'b,spare,{},6,FAILED >= 6% of 6,01:00:00,FAILED 2' |
                ConvertFrom-Csv | New-IoTJob
            """).Succeeds();

        Assert.Equal((5, 30L), (Job("a").JobExecutionsRolloutConfig!.MaximumPerMinute, Job("a").TimeoutConfig!.InProgressTimeoutInMinutes));
        Assert.Equal((6, 60L), (Job("b").JobExecutionsRolloutConfig!.MaximumPerMinute, Job("b").TimeoutConfig!.InProgressTimeoutInMinutes));
    }

    [Fact]
    public void A_time_span_counts_from_now_and_half_an_hour_is_enough()
    {
        var before = TimeProvider.System.GetUtcNow();
        _shell.Run("New-IoTJob x -Thing lamp -Document '{}' -StartAt (New-TimeSpan -Minutes 30) -EndAt (New-TimeSpan -Days 7)").Succeeds();
        var after = TimeProvider.System.GetUtcNow();

        var schedule = Job("x").SchedulingConfig!;
        var start = DateTimeOffset.Parse(schedule.StartTime!, CultureInfo.InvariantCulture);
        Assert.InRange(start, before.AddMinutes(30), after.AddMinutes(32));
        Assert.Equal(0, start.Second);
        Assert.InRange(DateTimeOffset.Parse(schedule.EndTime!, CultureInfo.InvariantCulture), before.AddDays(7), after.AddDays(7).AddMinutes(2));
    }

    [Fact]
    public void A_step_may_be_given_a_time_span()
    {
        _shell.Run("New-IoTJob x -Thing lamp -Document '{}'; Start-IoTJNextPendingJobExecution lamp -StepTimeoutInMinutes (New-TimeSpan -Hours 1)").Succeeds();
        Assert.InRange((long)_shell.One("Get-IoTJobExecution x lamp").ApproximateSecondsBeforeTimedOut, 3500, 3600);

        _shell.Run("Update-IoTJJobExecution x lamp IN_PROGRESS -StepTimeoutInMinute 02:00:00").Succeeds();
        Assert.InRange((long)_shell.One("Get-IoTJobExecution x lamp").ApproximateSecondsBeforeTimedOut, 7100, 7200);
    }

    [Fact]
    public void Things_and_groups_of_one_pipeline_make_one_job()
    {
        _shell.One("(Get-IoTThing spare), (Get-IoTThingGroup eu), (Get-IoTThingList | Select-Object -First 1) | New-IoTJob -JobId x -Document '{}'");

        Assert.Equal(["spare", "eu", "lamp"], Job("x").Targets!.Select(arn => arn.Split('/')[^1]));
        Assert.Equal(["lamp", "spare"], _shell.Run("Get-IoTJobExecutionsForJobList x | ForEach-Object ThingName | Sort-Object").Text);
    }

    [Fact]
    public void Targets_go_by_the_names_of_AWS_objects_too() =>
        Assert.Equal("x", _shell.One("New-IoTJob x -ThingName lamp -ThingGroupName eu -Document @{ }").JobId);

    [Theory]
    [InlineData("AbortWhen", "", "'FAILED >= 20% of 100'")]
    [InlineData("AbortWhen", "'rej", "'REJECTED >= 10% of 50'")]
    [InlineData("Retry", "", "3")]
    [InlineData("RolloutPerMinute", "50..", "'50..1000 x1.5 every 100 notified'")]
    public void The_Tab_key_offers_texts_to_begin_with(string parameter, string begun, string expected)
    {
        var line = $"New-IoTJob x -{parameter} {begun}";
        var offers = _shell.One<CommandCompletion>($"TabExpansion2 -inputScript '{line.Replace("'", "''", StringComparison.Ordinal)}' -cursorColumn {line.Length}");

        var offer = offers.CompletionMatches.First(match => match.CompletionText == expected);
        Assert.NotEqual(offer.CompletionText, offer.ToolTip);
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -{parameter} {offer.CompletionText}").Succeeds();
    }

    private JobDetail Job(string id) => _shell.One<JobDetail>($"Get-IoTJob {id} -Select Job");
}
