using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class SettingsTests : IDisposable
{
    private readonly Shell _shell;

    private SettingsTests(Where where) => _shell = new(where);

    public sealed class InProcess() : SettingsTests(Where.InProcess)
    {
        [Fact]
        public void What_the_connection_fixes_is_changed_there()
        {
            _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -RetentionDays 30").Succeeds();

            Assert.Equal((30, RetentionOrigin.SETTING), Retention());
            Assert.Contains("-RetentionDays of Connect-IoTJobs", _shell.Run("Set-IoTRetention 20 -Force").Fails("InvalidRequestException").Exception.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void Without_limits_the_use_is_told_all_the_same()
        {
            _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Limits None").Succeeds();

            Assert.Equal(["True 0"], _shell.Run("Get-IoTLimit | Where-Object Name -eq ActiveJobs | ForEach-Object { \"$($null -eq $_.Limit) $($_.Used)\" }").Succeeds().Text);
            Assert.Matches("none +ActiveJobs", _shell.Show("Get-IoTLimit"));
        }
    }

    public sealed class ThroughServer() : SettingsTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Limits_are_listed_with_their_use()
    {
        _shell.Run("$null = New-IoTThing lamp; $null = New-IoTJob fw -Thing lamp -Document '{}'; $null = New-IoTJobTemplate t -Description d -Document '{}'").Succeeds();

        var limits = _shell.Run("Get-IoTLimit").Succeeds().Output.Select(limit => (LimitUse)limit.BaseObject).ToDictionary(limit => limit.Name);

        Assert.Equal((1, 100_000), (limits["ActiveJobs"].Used, limits["ActiveJobs"].Limit));
        Assert.Equal((1, 100), (limits["JobTemplates"].Used, limits["JobTemplates"].Limit));
        Assert.Null(limits["TargetsPerJob"].Used);
    }

    [Fact]
    public async Task A_retention_is_set_after_telling_what_goes()
    {
        var path = Path.Combine(_shell.Folder, "retained.db");
        using (var earlier = new EarlierEngine(path, TimeSpan.FromDays(60)))
        {
            await earlier.CreateThings("a", "b");
            await earlier.CreateJob("old", ["a", "b"]);
            await earlier.EndJob("old");
        }
        _shell.Run($"Connect-IoTJobs '{path}'").Succeeds();
        Assert.Equal((90, RetentionOrigin.DEFAULT), Retention());

        _shell.Run("Set-IoTRetention 50 -WhatIf").IsSilent();
        Assert.Contains("1 job with 2 executions to go at once", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal((90, RetentionOrigin.DEFAULT), Retention());

        Assert.Equal(["65"], _shell.Run("Set-IoTRetention 65 -Force -PassThru").Succeeds().Text);
        Assert.Equal((65, RetentionOrigin.DATABASE), Retention());
        Assert.Equal(["old"], _shell.Run("Get-IoTJob | ForEach-Object JobId").Succeeds().Text);
        Assert.Equal(["1 2"], _shell.Run("Get-IoTRetention | ForEach-Object { \"$($_.JobsWithinAWeek) $($_.ExecutionsWithinAWeek)\" }").Succeeds().Text);
        _shell.Run("Set-IoTRetention 50 -Force").IsSilent();

        Assert.Empty(_shell.Run("Get-IoTJob | ForEach-Object JobId").Succeeds().Text);
        _shell.Run("Set-IoTRetention 0 -Force").Fails("ParameterArgumentValidationError");
    }

    protected (int Days, RetentionOrigin Origin) Retention()
    {
        var retention = _shell.One<DescribeRetentionResponse>("Get-IoTRetention");
        return (retention.Days, retention.Origin);
    }
}
