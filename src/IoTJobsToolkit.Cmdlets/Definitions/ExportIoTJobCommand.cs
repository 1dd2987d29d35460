using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Writes jobs as JSON, to keep beside code and to create elsewhere: text, or a file for each job in a folder.</summary>
[Cmdlet(VerbsData.Export, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportIoTJobCommand : ChangingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>A folder, made where it is not there, for a file JOBID.json of each job; the JSON is written to the pipeline when absent.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            if (TryRun((jobs, stop) => DefinedJob.FindAsync(jobs, id, stop), new DescribeJob(id), id, out var job))
            {
                Write(job, DefinedJob.Write(job) + "\n");
            }
        }
    }

    protected override string? SelectOr(string? answer) => Select ?? (PassThru || Path is null ? Selection.Whole : null);

    private void Write(CreateJob job, string json)
    {
        if (Path is null)
        {
            Write((object)json.TrimEnd('\n'), job.JobId, Selection.Whole);
            return;
        }
        var folder = GetUnresolvedProviderPathFromPSPath(Path);
        var file = System.IO.Path.Combine(folder, job.JobId.Replace(':', '_') + ".json");
        if (!Wants(file, $"Write job {job.JobId}"))
        {
            return;
        }
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, json);
            Write(new FileInfo(file), job.JobId, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            WriteError(new(fault, "FileNotWritten", ErrorCategory.WriteError, file)
            {
                ErrorDetails = new($"The file {file} could not be written: {fault.Message}") { RecommendedAction = "See that the folder is there, may be written, and has room." },
            });
        }
    }
}
