using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests.Completing;

public abstract class CompletionTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Shell _shell;

    private CompletionTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp-1 -ThingTypeName lamp -Attribute @{ site = 'Utrecht' }; New-IoTThing lamp-2 -ThingTypeName lamp; New-IoTThing car-1; New-IoTThing LaMp-3
        New-IoTThingGroup eu; New-IoTThingGroup us; New-IoTDynamicThingGroup east -QueryString 'thingName:east*'
        New-IoTJobTemplate 010 -Description 'Installs it' -Document '{}'; New-IoTJobTemplate reboot -Description r -Document '{}'
        New-IoTJob fw-7 -Thing lamp-1 -Document '{}' -Tags @{ Key = 'team'; Value = 'ops' }; New-IoTJob cfg-1 -Thing lamp-1 -Document '{}'
        New-IoTJob old -Thing lamp-1 -Document '{}'; Stop-IoTJob old -Force
        """).Succeeds();
    }

    public sealed class InProcess() : CompletionTests(Where.InProcess)
    {
        [Fact]
        public void A_database_in_use_elsewhere_completes_nothing_without_a_sound()
        {
            _shell.CloseDatabase();
            using var other = OtherProcess.Holds(_shell.DatabasePath);

            var time = Stopwatch.StartNew();
            Assert.DoesNotContain(CompleteOnce("Get-IoTThing lamp-"), match => match.ResultType == CompletionResultType.ParameterValue);
            Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
            Assert.Empty(_shell.Run("$Error").Output);
        }
    }

    public sealed class ThroughServer() : CompletionTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob f", "fw-7")]
    [InlineData("Stop-IoTJob ", "cfg-1 fw-7")]
    [InlineData("Get-IoTThing LAMP", "LaMp-3 lamp-1 lamp-2")]
    [InlineData("Get-IoTThing lamp-", "LaMp-3 lamp-1 lamp-2")]
    [InlineData("Get-IoTJob ", "cfg-1 fw-7 old")]
    [InlineData("Get-IoTJobExecution fw-7 -ThingName car", "car-1")]
    [InlineData("New-IoTJob x -Thing lamp-1, ", "LaMp-3 car-1 lamp-1 lamp-2")]
    [InlineData("Get-IoTThing -Group ", "east eu us")]
    [InlineData("Add-IoTThingToThingGroup lamp-1 e", "east eu")]
    [InlineData("Add-IoTTargetsWithJob f", "fw-7")]
    [InlineData("Add-IoTTargetsWithJob fw-7 -Thing car", "car-1")]
    [InlineData("Add-IoTTargetsWithJob fw-7 -Group ", "east eu us")]
    [InlineData("Update-IoTThingGroup e", "eu")]
    [InlineData("Update-IoTDynamicThingGroup e", "east")]
    [InlineData("Remove-IoTDynamicThingGroup ", "east")]
    [InlineData("Remove-IoTThingGroup ", "eu us")]
    [InlineData("Find-IoTThing -ThingNamePrefix c", "car-1")]
    [InlineData("Update-IoTThingGroupsForThing LAMP", "LaMp-3 lamp-1 lamp-2")]
    [InlineData("Update-IoTThingGroupsForThing lamp-1 -ThingGroupsToAdd eu, u", "us")]
    [InlineData("New-IoTJob x -TargetSelection ", "CONTINUOUS SNAPSHOT")]
    [InlineData("New-IoTJob x -EndBehavior ", "CANCEL FORCE_CANCEL STOP_ROLLOUT")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 -Status T", "TIMED_OUT")]
    [InlineData("Get-IoTJobList -Status C", "CANCELED COMPLETED")]
    [InlineData("Update-IoTJJobExecution fw-7 lamp-1 -Status S", "SUCCEEDED")]
    [InlineData("Connect-IoTJobs x -Limits ", "Aws None")]
    [InlineData("Get-IoTEndpoint iot:J", "iot:Jobs")]
    [InlineData("Get-IoTJobTemplate ", "010 reboot")]
    [InlineData("Remove-IoTJobTemplate r", "reboot")]
    [InlineData("Get-IoTManagedJobTemplate AWS-Re", "AWS-Reboot AWS-Remove-Application AWS-Restart-Application")]
    [InlineData("Get-IoTManagedJobTemplateList AWS-D", "AWS-Download-File")]
    [InlineData("New-IoTJob x -JobTemplateArn arn:aws:iot:us-east-1:1", "arn:aws:iot:us-east-1:123456789012:jobtemplate/010 arn:aws:iot:us-east-1:123456789012:jobtemplate/reboot")]
    [InlineData("New-IoTJob x -JobTemplateArn arn:aws:iot:us-east-1::jobtemplate/AWS-D", "arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File:1.0")]
    [InlineData("New-IoTThing x -ThingTypeName l", "lamp")]
    [InlineData("Get-IoTThingList -AttributeName s", "site")]
    [InlineData("Get-IoTThingList -AttributeName site -AttributeValue ", "Utrecht")]
    [InlineData("New-IoTJob x -Target arn:aws:iot:us-east-1:123456789012:thing/c", "arn:aws:iot:us-east-1:123456789012:thing/car-1")]
    [InlineData("New-IoTJob x -Target arn:aws:iot:us-east-1:123456789012:thinggroup/u", "arn:aws:iot:us-east-1:123456789012:thinggroup/us")]
    [InlineData("Add-IoTResourceTag arn:aws:iot:us-east-1:123456789012:job/f", "arn:aws:iot:us-east-1:123456789012:job/fw-7")]
    [InlineData("Add-IoTResourceTag arn:aws:iot:us-east-1:123456789012:jobt", "arn:aws:iot:us-east-1:123456789012:jobtemplate/010 arn:aws:iot:us-east-1:123456789012:jobtemplate/reboot")]
    [InlineData("Remove-IoTResourceTag arn:aws:iot:us-east-1:123456789012:job/fw-7 -TagKey ", "team")]
    [InlineData("Get-IoTManagedJobTemplate AWS-Reboot -TemplateVersion ", "1.0")]
    [InlineData("Get-IoTActivity -OperationName CancelJob", "CancelJob CancelJobExecution")]
    [InlineData("Get-IoTActivity -SubjectName f", "fw-7")]
    [InlineData("Get-IoTJob -Region eu-n", "eu-north-1")]
    [InlineData("Connect-IoTJobs -Region us-g", "us-gov-east-1 us-gov-west-1")]
    [InlineData("New-IoTAccessKey x -Role v", "VIEWER")]
    public void Tab_completes(string line, string expected) =>
        Assert.Equal(expected.Split(' '), Complete(line).Select(match => match.CompletionText.Trim('\'')).Order(StringComparer.Ordinal));

    [Fact]
    public void Keys_accounts_and_credentials_complete()
    {
        var key = _shell.One<CreateAccessKeyResponse>("New-IoTAccessKey deploy -Role OPERATOR").AccessKeyId;
        _shell.Run("$null = New-IoTAccount ([pscredential]::new('ann', (ConvertTo-SecureString 'a-long-password-1' -AsPlainText -Force))) VIEWER").Succeeds();
        var token = _shell.One<CreateThingTokenResponse>("New-IoTThingToken lamp-1").TokenId;
        var certificate = _shell.One<CreateThingCertificateResponse>("New-IoTThingCertificate lamp-1").CertificateId;

        Assert.Contains(Complete("Remove-IoTAccessKey "), match => match.CompletionText == key && match.ToolTip == "deploy, OPERATOR");
        Assert.Contains("ann", Texts("Set-IoTAccount "));
        Assert.Equal(["ann"], Texts("Remove-IoTAccount an"));
        Assert.Contains("deploy", Texts("Get-IoTActivity -By "));
        Assert.Equal([token], Texts("Revoke-IoTThingToken lamp-1 "));
        Assert.Equal([certificate], Texts("Revoke-IoTThingCertificate lamp-1 "));
    }

    [Fact]
    public void Only_what_a_cmdlet_can_do_something_with_is_completed_or_that_first()
    {
        Assert.Equal(["cfg-1", "fw-7"], Texts("Stop-IoTJob ").Order(StringComparer.Ordinal));
        Assert.Equal("old", Texts("Remove-IoTJob ")[0]);
        Assert.Equal(3, Texts("Remove-IoTJob ").Count);
    }

    [Fact]
    public void Maintenance_windows_complete_by_typical_ones()
    {
        var windows = Texts("New-IoTJob x -MaintenanceWindow ");

        Assert.Contains("'cron(0 22 * * ? *) 120'", windows);
        foreach (var (window, number) in windows.Select((window, number) => (window, number)))
        {
            _shell.Run($"New-IoTJob window-{number} -Group eu -Document '{{}}' -TargetSelection CONTINUOUS -MaintenanceWindow {window}").Succeeds();
        }
    }

    [Fact]
    public void Tables_of_values_complete_to_be_filled_in()
    {
        Assert.Contains("@{ JOB_EXECUTION = $true }", Texts("Update-IoTEventConfiguration "));
        Assert.StartsWith("@{ command = ''; runAsUser = ''", Assert.Single(Texts(
            "New-IoTJob x -JobTemplateArn arn:aws:iot:us-east-1::jobtemplate/AWS-Run-Command:1.0 -DocumentParameter ")), StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_complete_by_the_names_in_a_file_of_AWS()
    {
        var file = Path.Combine(_shell.Folder, "profiles");
        File.WriteAllText(file, "[default]\naws_secret_access_key = x\n[profile fleet admin]\nregion = eu-west-1\n[sso-session work]\n");

        Assert.Equal(["default", "'fleet admin'"], Texts($"Connect-IoTJobs -Region eu-west-1 -ProfileLocation '{file}' -ProfileName "));
    }

    [Theory]
    [InlineData("", "'it''s 5$'")]
    [InlineData("'", "'it''s 5$'")]
    [InlineData("\"", "\"it's 5`$\"")]
    [InlineData("it", "'it''s 5$'")]
    public void Names_with_blanks_and_signs_complete_quoted(string typed, string expected)
    {
        _shell.Run("$null = New-IoTAccessKey -UserName 'it''s 5$' -Role VIEWER").Succeeds();

        Assert.Contains(expected, Texts("Get-IoTActivity -By " + typed));
        Assert.Equal("it's 5$", _shell.One<string>(expected));
    }

    [Fact]
    public void A_completion_tells_more_about_a_job() =>
        Assert.StartsWith("IN_PROGRESS, created ", Assert.Single(Complete("Get-IoTJob f")).ToolTip, StringComparison.Ordinal);

    [Fact]
    public void A_completion_tells_what_a_template_does() =>
        Assert.Equal("Installs it", Assert.Single(Complete("Get-IoTJobTemplate 0")).ToolTip);

    [Fact]
    public void Without_a_database_nothing_is_completed_and_none_is_made()
    {
        _shell.Run($"Connect-IoTJobs '{_shell.Folder}/none.db'").Succeeds();

        Assert.DoesNotContain(CompleteOnce("Get-IoTThing lamp-"), match => match.ResultType == CompletionResultType.ParameterValue);
        Assert.False(File.Exists(Path.Combine(_shell.Folder, "none.db")));
        Assert.Empty(_shell.Run("$Error").Output);
    }

    private List<string> Texts(string line) =>
        [.. Complete(line).Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.CompletionText)];

    /// <summary>Tab answers in a moment or not at all: on a busy machine it is pressed again.</summary>
    private Collection<CompletionResult> Complete(string line)
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            var matches = CompleteOnce(line);
            if (matches.Any(match => match.ResultType == CompletionResultType.ParameterValue) || time.Elapsed > Deadline)
            {
                return matches;
            }
        }
    }

    private Collection<CompletionResult> CompleteOnce(string line) => _shell.One<CommandCompletion>($"TabExpansion2 -inputScript '{line.Replace("'", "''", StringComparison.Ordinal)}' -cursorColumn {line.Length}").CompletionMatches;
}
