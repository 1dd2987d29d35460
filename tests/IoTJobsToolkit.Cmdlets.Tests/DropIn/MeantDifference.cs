namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

/// <summary>A difference to AWS's module that is meant, and why.</summary>
/// <param name="Cmdlet">Its name, or <c>*</c> for all.</param>
/// <param name="Parameter">Its name; empty for a whole cmdlet.</param>
/// <param name="What">How the difference begins.</param>
internal sealed record MeantDifference(string Cmdlet, string Parameter, string What, string Reason)
{
    private const string Missing = "is missing";
    private const string NoProperty = "is no property";

    private const string ThingTypes = "Thing types are free text here: -ThingTypeName needs no type to be made first.";
    private const string Index = "Fleet indexing is another service of AWS; Find-IoTThing searches things by the query of a dynamic group.";
    private const string Written = "No column of a table decides what is written.";
    private const string Asked = "No column of a table decides whether somebody is asked.";
    private const string Details = "An execution that comes down the pipeline would be reported with its old details again.";
    private const string JobsStatus = "A job that comes down the pipeline would choose executions by the job's status.";

    public static IReadOnlyList<MeantDifference> All { get; } =
    [
        new("New-IOTThingType", "", Missing, ThingTypes),
        new("Update-IOTThingType", "", Missing, ThingTypes),
        new("Get-IOTThingType", "", Missing, ThingTypes),
        new("Get-IOTThingTypeList", "", Missing, ThingTypes),
        new("Get-IOTThingTypesList", "", Missing, ThingTypes),
        new("Set-IOTThingTypeDeprecation", "", Missing, ThingTypes),
        new("Remove-IOTThingType", "", Missing, ThingTypes),
        new("Search-IOTIndex", "", Missing, Index),
        new("Get-IOTCardinality", "", Missing, Index),
        new("Get-IOTStatistic", "", Missing, Index),
        new("Get-IOTIndicesList", "", Missing, Index),
        new("Get-IOTThingConnectivityData", "", Missing, "Fleet indexing answers it at AWS; Get-IoTThingConnectivity tells who is connected here."),
        new("Register-IOTThing", "", Missing, "Provisioning templates are another service of AWS; New-IoTThing and New-IoTThingCertificate make a thing with its credentials."),
        new("Start-IOTJCommandExecution", "", Missing, "Commands are another service of AWS."),

        new("*", "EndpointUrl", NoProperty, "No column of a table decides where data goes."),
        new("*", "Select", NoProperty, Written),
        new("*", "PassThru", NoProperty, Written),
        new("*", "NoAutoIteration", NoProperty, "No column of a table decides how much is read."),
        new("*", "Force", NoProperty, Asked),
        new("Stop-IOTJobExecution", "StatusDetail", NoProperty, Details),
        new("Start-IOTJNextPendingJobExecution", "StatusDetail", NoProperty, Details),
        new("Update-IOTJJobExecution", "StatusDetail", NoProperty, Details),
        new("Get-IOTJobExecutionsForJobList", "Status", NoProperty, JobsStatus),
        new("Get-IOTJobExecutionsForThingList", "Status", NoProperty, JobsStatus),
        new("Get-IOTJobExecutionsForThingList", "JobId", NoProperty, "An execution that comes down the pipeline names the thing whose executions are wanted, all of them."),
        new("Update-IOTThingGroupsForThing", "ThingName", "is mandatory", "Without it AWS refuses the call."),
    ];

    public bool Covers(Difference difference) =>
        (Cmdlet == AwsParameter.EveryCmdlet || Cmdlet.Equals(difference.Cmdlet, StringComparison.OrdinalIgnoreCase)) &&
        Parameter == difference.Parameter && difference.What.StartsWith(What, StringComparison.Ordinal);
}
