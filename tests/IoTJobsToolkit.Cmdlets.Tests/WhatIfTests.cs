using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Every cmdlet that changes something, once: with -WhatIf it writes nothing, and without it the same call does.</summary>
public abstract class WhatIfTests : IDisposable
{
    private const string Arn = "arn:aws:iot:us-east-1:123456789012";

    /// <summary>These look first how much would go.</summary>
    private static readonly string[] Readers = ["Clear-IoTJobHistory", "Set-IoTRetention", "New-IoTJob", "Export-IoTJob", "Import-IoTJob", "Restart-IoTJobExecution"];

    /// <summary>They write to the pipeline or into a file alone.</summary>
    private static readonly string[] Outsiders = ["New-IoTJobCodeSignature", "Export-IoTJob", "Export-IoTJobHistory"];

    /// <summary>One call of each, in an order in which all of them can be made.</summary>
    private static readonly string[] Calls =
    [
        "New-IoTThing x",
        "New-IoTThingGroup x",
        "New-IoTDynamicThingGroup young -QueryString thingName:y*",
        "New-IoTJobTemplate 011 -Description d -Document '{}'",
        "New-IoTJob y -Thing lamp -Document '{}'",
        "New-IoTJobCodeSignature $app -BucketName fw -PrivateKeyPath $signer",
        "New-IoTAccessKey other VIEWER",
        "New-IoTAccount $bob VIEWER",
        "New-IoTNotificationRule other JOB_COMPLETED -JobIdPattern none -EmailAddress a@example.com",
        "New-IoTThingCertificate lamp",
        "New-IoTThingToken lamp",
        "Add-IoTThingToThingGroup lamp us",
        "Add-IoTResourceTag $arn:job/fw-7 -Tag @{ Key = 'k' }",
        "Add-IoTTargetsWithJob agent -Thing spare",
        "Update-IoTThing lamp -Attribute @{ a = 1 }",
        "Update-IoTThingGroup eu -Description x",
        "Update-IoTDynamicThingGroup all -Description x",
        "Update-IoTThingGroupsForThing spare -Add eu",
        "Update-IoTJob fw-7 -Description x",
        "Update-IoTEventConfiguration @{ JOB = $true }",
        "Set-IoTAccount carol OPERATOR",
        "Set-IoTNotificationRule told -Enabled $false",
        "Test-IoTNotificationRule told",
        "Set-IoTRetention 50",
        "Start-IoTJNextPendingJobExecution lamp",
        "Update-IoTJJobExecution fw-7 lamp SUCCEEDED",
        "Stop-IoTJobExecution y lamp",
        "Restart-IoTJobExecution cfg spare",
        "Approve-IoTJob theirs",
        "Deny-IoTJob mine",
        "Import-IoTJob -Definition $definition",
        "Export-IoTJob fw-7 $out",
        "Export-IoTJobHistory fw-7 $out/fw-7.jsonl",
        "Suspend-IoTJob agent",
        "Resume-IoTJob agent",
        "Step-IoTJob staged",
        "Stop-IoTJob agent",
        "Clear-IoTJobHistory 30",
        "Remove-IoTJobExecution y lamp 1",
        "Remove-IoTJob fw-7",
        "Remove-IoTResourceTag $arn:jobtemplate/010 -TagKey team",
        "Remove-IoTThingFromThingGroup lamp eu",
        "Revoke-IoTThingCertificate lamp $certificate",
        "Revoke-IoTThingToken lamp $token",
        "Restart-IoTNotificationDelivery $delivery",
        "Remove-IoTNotificationDelivery $delivery",
        "Remove-IoTNotificationRule told",
        "Remove-IoTAccessKey $key",
        "Remove-IoTAccount carol",
        "Remove-IoTJobTemplate 010",
        "Remove-IoTDynamicThingGroup all",
        "Remove-IoTThingGroup us",
        "Remove-IoTThing spare",
        "Start-IoTFleetSimulation sim 2",
        "Stop-IoTFleetSimulation sim -ErrorAction Ignore",
        "Set-IoTClock -Freeze",
        "Step-IoTClock 60",
    ];

    private readonly Shell _shell;
    private readonly Where _where;
    private readonly Keys _keys = new();

    private WhatIfTests(Where where)
    {
        _shell = new(where);
        _where = where;
        Fleet.AddJobToApprove(_shell.DatabasePath, "theirs", "ada");
        Fleet.AddEndedJobs(_shell.DatabasePath, 1, TimeSpan.FromDays(40));
        var delivery = Fleet.AddDeadLetter(_shell.DatabasePath, "told");
        _shell.GoByVirtualClock();
        File.WriteAllText(Path.Combine(_shell.Folder, "app.bin"), "app");
        _shell.Run($$"""
            $definition = '{"jobId":"code","targets":["arn:aws:iot:us-east-1:123456789012:thing/lamp"],"document":"0"}'
            $out = New-Item -ItemType Directory '{{_shell.Folder}}/out'; $app = '{{_shell.Folder}}/app.bin'; $signer = '{{_keys.Write(_shell.Folder, "RSA", "pkcs8")}}'
            $delivery = '{{delivery}}'
            $password = ConvertTo-SecureString 'a long enough word' -AsPlainText -Force
            $alice, $bob, $carol = 'alice', 'bob', 'carol' | ForEach-Object { [pscredential]::new($_, $password) }
            $null = New-IoTThing lamp, spare; $null = New-IoTThingGroup eu, us; Add-IoTThingToThingGroup lamp eu
            $null = New-IoTJob fw-7 -Thing lamp -Document '{}'
            $null = New-IoTJob mine -Thing spare -Document '{}' -RequireApproval
            $null = New-IoTJob staged -Thing spare -Document '{}' -Stage 1
            $null = New-IoTJob cfg -Thing spare -Document '{}'; Stop-IoTJob cfg -Force
            $null = New-IoTJob agent -Group eu -Document '{}' -TargetSelection CONTINUOUS
            $null = New-IoTJobTemplate 010 -Description d -Document '{}' -Tag @{ Key = 'team' }
            $null = New-IoTDynamicThingGroup all -QueryString *
            $null = New-IoTAccount $alice ADMINISTRATOR; $null = New-IoTAccount $carol VIEWER
            $key = (New-IoTAccessKey build VIEWER).AccessKeyId
            $null = New-IoTThingCertificate lamp; $null = New-IoTThingToken lamp
            $certificate, $token = 'CERTIFICATE', 'TOKEN' | ForEach-Object { $kind = $_; Get-IoTThingCredential lamp | Where-Object Kind -eq $kind } | ForEach-Object CredentialId
            """).Succeeds();
    }

    public sealed class InProcess() : WhatIfTests(Where.InProcess);

    public sealed class ThroughServer() : WhatIfTests(Where.ThroughServer);

    public void Dispose()
    {
        _keys.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void Every_cmdlet_that_knows_WhatIf_is_called_here() => Assert.Equal(
        _shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Output.Select(command => (CmdletInfo)command.BaseObject)
            .Where(cmdlet => cmdlet.Parameters.ContainsKey("WhatIf")).Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal),
        Calls.Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void WhatIf_changes_no_byte_of_the_database()
    {
        var before = (WithLog: _shell.Fingerprint(), Data: _shell.Fingerprint(andLog: false));
        var written = new List<string>();
        foreach (var call in Calls.OrderBy(call => Readers.Contains(Name(call))))
        {
            var text = _shell.Host.Text.Length;
            foreach (var tried in Variants(Command(call)))
            {
                _shell.Run(tried).IsSilent();
                Assert.Equal(1, Count(_shell.Host.Text[text..], "What if:"));
                text = _shell.Host.Text.Length;
            }
            var isSame = Readers.Contains(Name(call)) ? before.Data == _shell.Fingerprint(andLog: false) : before.WithLog == _shell.Fingerprint();
            written.AddRange(isSame ? [] : [call]);
        }
        Assert.Empty(written);
    }

    [Fact]
    public void Without_WhatIf_each_of_these_calls_changes_it()
    {
        var unchanged = new List<string>();
        var before = _shell.Fingerprint(andLog: false);
        foreach (var call in Calls)
        {
            _shell.Run($"$null = {Command(call)} -Confirm:$false").IsSilent();
            var after = _shell.Fingerprint(andLog: false);
            unchanged.AddRange(before == after ? [Name(call)] : []);
            before = after;
        }
        // Devices act in this process and end with its connection, which a fingerprint ends.
        Assert.Equal(_where == Where.InProcess ? [.. Outsiders, "Stop-IoTFleetSimulation"] : Outsiders, unchanged);
    }

    private static string[] Variants(string command) => Outsiders.Contains(Name(command))
        ? [$"{command} -WhatIf", $"& {{ $WhatIfPreference = $true; {command} }}"]
        : [$"{command} -WhatIf", $"{command} -WhatIf -Force", $"& {{ $WhatIfPreference = $true; {command} -Force }}"];

    private static string Command(string call) => call.Replace("$arn:", Arn + ":", StringComparison.Ordinal);

    private static string Name(string call) => call.Split(' ')[0];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
