using System.Management.Automation;
using System.Management.Automation.Language;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Tests;

public sealed class ManifestTests : IDisposable
{
    /// <summary>Which cmdlet runs which operation; a namespace tells two of one name apart.</summary>
    private static readonly Dictionary<string, string> Cmdlets = new()
    {
        ["Control.AssociateTargetsWithJob"] = "Add-IoTTargetsWithJob",
        ["Control.CancelJob"] = "Stop-IoTJob",
        ["Control.CancelJobExecution"] = "Stop-IoTJobExecution",
        ["Control.CreateJob"] = "New-IoTJob",
        ["Control.CreateJobTemplate"] = "New-IoTJobTemplate",
        ["Control.DeleteJob"] = "Remove-IoTJob",
        ["Control.DeleteJobExecution"] = "Remove-IoTJobExecution",
        ["Control.DeleteJobTemplate"] = "Remove-IoTJobTemplate",
        ["Control.DescribeJob"] = "Get-IoTJob",
        ["Control.DescribeJobExecution"] = "Get-IoTJobExecution",
        ["Control.DescribeJobTemplate"] = "Get-IoTJobTemplate",
        ["Control.DescribeManagedJobTemplate"] = "Get-IoTManagedJobTemplate",
        ["Control.GetJobDocument"] = "Get-IoTJobDocument",
        ["Control.ListJobExecutionsForJob"] = "Get-IoTJobExecutionsForJobList",
        ["Control.ListJobExecutionsForThing"] = "Get-IoTJobExecutionsForThingList",
        ["Control.ListJobs"] = "Get-IoTJobList",
        ["Control.ListJobTemplates"] = "Get-IoTJobTemplateList",
        ["Control.ListManagedJobTemplates"] = "Get-IoTManagedJobTemplateList",
        ["Control.UpdateJob"] = "Update-IoTJob",
        ["Device.DescribeJobExecution"] = "Get-IoTJJobExecution",
        ["Device.GetPendingJobExecutions"] = "Get-IoTJPendingJobExecution",
        ["Device.StartNextPendingJobExecution"] = "Start-IoTJNextPendingJobExecution",
        ["Device.UpdateJobExecution"] = "Update-IoTJJobExecution",
        ["Registry.AddThingToThingGroup"] = "Add-IoTThingToThingGroup",
        ["Registry.CreateDynamicThingGroup"] = "New-IoTDynamicThingGroup",
        ["Registry.CreateThing"] = "New-IoTThing",
        ["Registry.CreateThingGroup"] = "New-IoTThingGroup",
        ["Registry.DeleteDynamicThingGroup"] = "Remove-IoTDynamicThingGroup",
        ["Registry.DeleteThing"] = "Remove-IoTThing",
        ["Registry.DeleteThingGroup"] = "Remove-IoTThingGroup",
        ["Registry.DescribeEndpoint"] = "Get-IoTEndpoint",
        ["Registry.DescribeEventConfigurations"] = "Get-IoTEventConfiguration",
        ["Registry.DescribeThing"] = "Get-IoTThing",
        ["Registry.DescribeThingGroup"] = "Get-IoTThingGroup",
        ["Registry.ListTagsForResource"] = "Get-IoTTagListForResource",
        ["Registry.ListThingGroups"] = "Get-IoTThingGroupList",
        ["Registry.ListThingGroupsForThing"] = "Get-IoTThingGroupsForThingList",
        ["Registry.ListThings"] = "Get-IoTThingList",
        ["Registry.ListThingsInThingGroup"] = "Get-IoTThingsInThingGroupList",
        ["Registry.RemoveThingFromThingGroup"] = "Remove-IoTThingFromThingGroup",
        ["Registry.TagResource"] = "Add-IoTResourceTag",
        ["Registry.UntagResource"] = "Remove-IoTResourceTag",
        ["Registry.UpdateEventConfigurations"] = "Update-IoTEventConfiguration",
        ["Registry.UpdateDynamicThingGroup"] = "Update-IoTDynamicThingGroup",
        ["Registry.UpdateThing"] = "Update-IoTThing",
        ["Registry.UpdateThingGroup"] = "Update-IoTThingGroup",
        ["Registry.UpdateThingGroupsForThing"] = "Update-IoTThingGroupsForThing",
        ["Toolkit.ClearJobHistory"] = "Clear-IoTJobHistory",
        ["Toolkit.CreateAccessKey"] = "New-IoTAccessKey",
        ["Toolkit.CreateAccount"] = "New-IoTAccount",
        ["Toolkit.CreateThingCertificate"] = "New-IoTThingCertificate",
        ["Toolkit.CreateThingToken"] = "New-IoTThingToken",
        ["Toolkit.DeleteAccessKey"] = "Remove-IoTAccessKey",
        ["Toolkit.DeleteAccount"] = "Remove-IoTAccount",
        ["Toolkit.AdvanceClock"] = "Step-IoTClock",
        ["Toolkit.DescribeClock"] = "Get-IoTClock",
        ["Toolkit.UpdateClock"] = "Set-IoTClock",
        ["Toolkit.StartFleetSimulation"] = "Start-IoTFleetSimulation",
        ["Toolkit.DescribeFleetSimulation"] = "Get-IoTFleetSimulation",
        ["Toolkit.StopFleetSimulation"] = "Stop-IoTFleetSimulation",
        ["Toolkit.AdvanceJob"] = "Step-IoTJob",
        ["Toolkit.DescribeJobControls"] = "Get-IoTJobControl",
        ["Toolkit.ApproveJob"] = "Approve-IoTJob",
        ["Toolkit.DenyJob"] = "Deny-IoTJob",
        ["Toolkit.ListJobApprovals"] = "Get-IoTJobApproval",
        ["Toolkit.DescribeJobLineage"] = "Get-IoTJobLineage",
        ["Toolkit.DescribeJobState"] = "Get-IoTJobState",
        ["Toolkit.DescribeLimits"] = "Get-IoTLimit",
        ["Toolkit.DescribeRetention"] = "Get-IoTRetention",
        ["Toolkit.DescribeThingConnectivity"] = "Get-IoTThingConnectivity",
        ["Toolkit.ListAccessKeys"] = "Get-IoTAccessKey",
        ["Toolkit.ListAccounts"] = "Get-IoTAccount",
        ["Toolkit.ListActivity"] = "Get-IoTActivity",
        ["Toolkit.ListJobBlockages"] = "Get-IoTJobBlockage",
        ["Toolkit.ListJobExecutionHistory"] = "Get-IoTJobExecutionHistory",
        ["Toolkit.ListJobFailureReasons"] = "Get-IoTJobFailureReason",
        ["Toolkit.ListJobFailures"] = "Get-IoTJobFailure",
        ["Toolkit.ListJobHistory"] = "Get-IoTJobHistory",
        ["Toolkit.ListPausedJobs"] = "Get-IoTPausedJob",
        ["Toolkit.ListThingCredentials"] = "Get-IoTThingCredential",
        ["Toolkit.MeasureJob"] = "Measure-IoTJob",
        ["Toolkit.PauseJob"] = "Suspend-IoTJob",
        ["Toolkit.RestartJobExecution"] = "Restart-IoTJobExecution",
        ["Toolkit.ResumeJob"] = "Resume-IoTJob",
        ["Toolkit.RevokeThingCertificate"] = "Revoke-IoTThingCertificate",
        ["Toolkit.RevokeThingToken"] = "Revoke-IoTThingToken",
        ["Toolkit.SearchThings"] = "Find-IoTThing",
        ["Toolkit.CreateNotificationRule"] = "New-IoTNotificationRule",
        ["Toolkit.UpdateNotificationRule"] = "Set-IoTNotificationRule",
        ["Toolkit.ListNotificationRules"] = "Get-IoTNotificationRule",
        ["Toolkit.DeleteNotificationRule"] = "Remove-IoTNotificationRule",
        ["Toolkit.TestNotificationRule"] = "Test-IoTNotificationRule",
        ["Toolkit.ListNotificationDeliveries"] = "Get-IoTNotificationDelivery",
        ["Toolkit.RetryNotificationDelivery"] = "Restart-IoTNotificationDelivery",
        ["Toolkit.DeleteNotificationDelivery"] = "Remove-IoTNotificationDelivery",
        ["Toolkit.UpdateAccount"] = "Set-IoTAccount",
        ["Toolkit.UpdateRetention"] = "Set-IoTRetention",
    };

    /// <summary>Operations which have no cmdlet, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["Toolkit.ChangePassword"] = "Set-IoTAccount runs it where the old password is given.",
        ["Toolkit.ListFleetSimulations"] = "Get-IoTFleetSimulation runs it where no name is given, or wildcards are.",
        ["Toolkit.RestartJob"] = "Restart-IoTJobExecution runs it where a job has ended.",
        ["Toolkit.CreateControlledJob"] = "New-IoTJob runs it where a control is given.",
        ["Toolkit.DescribeJobWork"] = "Cmdlets that start work wait for it by themselves.",
    };

    /// <summary>Cmdlets which run no operation of their own: they choose the database, stay with jobs, or do what AWS does elsewhere than in its API.</summary>
    private static readonly string[] WithoutOperation = ["Connect-IoTJobs", "Disconnect-IoTJobs", "Export-IoTJob", "Export-IoTJobHistory", "Import-IoTJob", "New-IoTJobCodeSignature", "Wait-IoTJob", "Watch-IoTJob"];

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_operation_has_a_cmdlet_or_a_reason_for_none()
    {
        var operations = typeof(Operation).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract)
            .Select(type => $"{type.Namespace!.Split('.')[^1]}.{type.Name}");

        Assert.Equal(operations.Order(StringComparer.Ordinal), Cmdlets.Keys.Concat(Reasons.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Exactly_the_cmdlets_are_exported()
    {
        var exported = Exported().Select(cmdlet => cmdlet.Name);

        Assert.Equal(Cmdlets.Values.Concat(WithoutOperation).Order(StringComparer.Ordinal), exported);
        Assert.Equal(exported, Implemented());
    }

    [Fact]
    public void The_manifest_is_valid_and_exports_nothing_by_wildcard()
    {
        var module = _shell.One<PSModuleInfo>($"Test-ModuleManifest '{Shell.Manifest}'");

        Assert.Equal(new Version(7, 6), module.PowerShellVersion);
        Assert.Empty(module.ExportedFunctions);
        Assert.Equal(["Get-IOTJobsList", "Get-IOTThingGroupsList", "Get-IoTResourceTagList"], module.ExportedAliases.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("PSEdition_Core", module.Tags);
        Assert.DoesNotContain("*", File.ReadAllText(Shell.Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_are_approved_and_changes_can_be_tried()
    {
        // The words behind Get-Verb, which the host has not.
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true, IsPublic: true } && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        Assert.InRange(approved.Count, 90, 200);
        foreach (var cmdlet in Exported())
        {
            Assert.Contains(cmdlet.Verb, approved);
            Assert.Equal(cmdlet.Verb != "Disconnect", cmdlet.OutputType.Count > 0);
            Assert.Equal(cmdlet.Verb is not ("Get" or "Find" or "Connect" or "Disconnect" or "Measure" or "Wait" or "Watch"), cmdlet.Parameters.ContainsKey("WhatIf"));
        }
    }

    [Fact]
    public void Every_cmdlet_is_tested()
    {
        var tests = string.Concat(
            Directory.GetFiles(Path.Combine(Shell.Repository, "tests", "IoTJobsToolkit.Cmdlets.Tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("ManifestTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.All(Exported(), cmdlet => Assert.Contains(cmdlet.Name + " ", tests.Replace('"', ' ').Replace(';', ' '), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_script_of_the_repository_is_valid()
    {
        var scripts = Directory.GetFiles(Path.Combine(Shell.Repository, "tests", "Module"), "*.ps1")
            .Append(Path.Combine(Shell.Repository, "build.ps1")).Append(Path.Combine(Shell.Repository, "PSScriptAnalyzerSettings.psd1"));
        foreach (var script in scripts)
        {
            Parser.ParseFile(script, out _, out var errors);
            Assert.Empty(errors.Select(error => $"{script}: {error.Message}"));
        }
    }

    [Fact]
    public void The_help_topic_ships() => Assert.Contains(
        "-FORCE AND -ENFORCE",
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(Shell.Manifest)!, "en-US", "about_IoTJobsToolkit.help.txt")),
        StringComparison.Ordinal);

    private List<CmdletInfo> Exported() => [.. _shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Output
        .Select(command => (CmdletInfo)command.BaseObject).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    private IEnumerable<string> Implemented() => Exported()[0].ImplementingType.Assembly.GetExportedTypes()
        .Select(type => type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().SingleOrDefault())
        .Where(cmdlet => cmdlet is not null)
        .Select(cmdlet => $"{cmdlet!.VerbName}-{cmdlet.NounName}").Order(StringComparer.Ordinal);
}
