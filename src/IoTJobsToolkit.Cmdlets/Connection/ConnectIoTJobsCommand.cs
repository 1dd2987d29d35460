using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Chooses the database of this process. The file is opened, and created where there is none, by the first cmdlet that needs it.</summary>
[Cmdlet(VerbsCommunications.Connect, "IoTJobs")]
[OutputType(typeof(JobsConnection))]
public sealed class ConnectIoTJobsCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [ValidateNotNullOrEmpty]
    public string DatabasePath { get; set; } = null!;

    /// <summary>The region in ARNs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[a-z0-9-]+$")]
    public string Region { get; set; } = JobsConnection.Default.Region;

    /// <summary>The account in ARNs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[0-9]{12}$")]
    public string AccountId { get; set; } = JobsConnection.Default.AccountId;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public LimitsProfile Limits { get; set; } = JobsConnection.Default.Limits;

    /// <summary>
    /// Days after which ended jobs are purged with their executions and history; the database keeps it, and without it what it was told before
    /// holds, or 90. What is older goes as soon as the file is opened.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int? RetentionDays { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var path = Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(DatabasePath));
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            var missing = new DirectoryNotFoundException($"There is no folder {Path.GetDirectoryName(path)} for the database {path}.");
            ThrowTerminatingError(new(missing, "DatabaseFolderNotFound", ErrorCategory.ObjectNotFound, DatabasePath)
            {
                ErrorDetails = new(missing.Message) { RecommendedAction = "Create the folder, or correct the path." },
            });
        }
        WriteVerbose(File.Exists(path) ? $"Jobs are in {path}." : $"{path} will be created when it is first used.");
        var connection = new JobsConnection(path) { Region = Region, AccountId = AccountId, Limits = Limits, RetentionDays = RetentionDays };
        foreach (var failure in Database.Connect(connection))
        {
            WriteError(Refusal.ToErrorRecord(failure));
        }
        if (PassThru)
        {
            WriteObject(connection);
        }
    }
}
