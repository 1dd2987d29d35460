using System.Management.Automation;
using System.Text.Json;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Makes jobs what their definitions say: creates what is missing, changes what differs, and leaves alone what is so already.</summary>
[Cmdlet(VerbsData.Import, "IoTJob", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(JobImport))]
public sealed class ImportIoTJobCommand : ChangingCmdlet
{
    private const string PathSet = "Path";
    private const string FileSet = "File";
    private const string TextSet = "Definition";

    /// <summary>Files with definitions; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>A file with definitions, as Get-ChildItem lists it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet, ValueFromPipeline = true)]
    public FileInfo? File { get; set; }

    /// <summary>Definitions as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet, ValueFromPipeline = true)]
    public string? Definition { get; set; }

    /// <summary>Of the job that is being looked at.</summary>
    private string JobId { get; set; } = "";

    protected override string Identity => ParameterSetName;

    protected override void ProcessRecord()
    {
        foreach (var (source, json) in ParameterSetName switch
        {
            PathSet => Path.SelectMany(Files),
            FileSet => Text(File!.FullName),
            _ => [("the definition", Definition!)],
        })
        {
            foreach (var job in Read(source, json))
            {
                Apply(DefinedJob.At(job, ArnPrefix()));
            }
        }
    }

    protected override string? SelectOr(string? answer) => Select ?? answer;

    private void Apply(CreateJob wanted)
    {
        JobId = wanted.JobId;
        if (!TryRun((jobs, stop) => JobPlan.OfAsync(jobs, wanted, stop), wanted, JobId, out var plan))
        {
            return;
        }
        if (plan.Problem is { } problem)
        {
            WriteError(new(new InvalidOperationException(problem), "JobDiffers", ErrorCategory.ResourceExists, JobId)
            {
                ErrorDetails = new(problem) { RecommendedAction = $"See the differences with Import-IoTJob -WhatIf, and the job with Export-IoTJob {JobId}." },
            });
            WriteVerbose(string.Join(Environment.NewLine, plan.Changes));
            return;
        }
        if (plan.Action != JobPlanAction.Nothing && (!Wants(JobId, Words(plan)) || !TryRun((jobs, stop) => RunAsync(plan, jobs, stop), wanted, JobId, out _)))
        {
            return;
        }
        Write(new JobImport(JobId, plan.Action, plan.Changes), JobId, Selection.Whole);
    }

    private static string Words(JobPlan plan) => plan.Action == JobPlanAction.Create
        ? $"Create job for {(plan.Wanted.Targets.Count == 1 ? "1 target" : $"{plan.Wanted.Targets.Count} targets")}"
        : $"Change {string.Join("; ", plan.Changes)}";

    private static async Task<JobPlan> RunAsync(JobPlan plan, Engine.IJobs jobs, CancellationToken stop)
    {
        await plan.RunAsync(jobs, stop).ConfigureAwait(false);
        return plan;
    }

    private IEnumerable<(string Source, string Json)> Files(string path)
    {
        IReadOnlyList<string> files;
        try
        {
            files = [.. GetResolvedProviderPathFromPSPath(path, out _)];
        }
        catch (ItemNotFoundException missing)
        {
            WriteError(NotRead(missing, path, $"There is no file {path}."));
            yield break;
        }
        foreach (var read in files.SelectMany(Text))
        {
            yield return read;
        }
    }

    private IEnumerable<(string Source, string Json)> Text(string file)
    {
        try
        {
            return [(file, System.IO.File.ReadAllText(file))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            WriteError(NotRead(fault, file, $"The file {file} cannot be read: {fault.Message}"));
            return [];
        }
    }

    private IReadOnlyList<CreateJob> Read(string source, string json)
    {
        try
        {
            return DefinedJob.Read(json);
        }
        catch (JsonException fault)
        {
            WriteError(new(fault, "DefinitionNotReadable", ErrorCategory.InvalidData, source)
            {
                ErrorDetails = new($"{source} is no definition of a job: {fault.Message}")
                {
                    RecommendedAction = "Give JSON as Export-IoTJob writes it, or as aws iot create-job takes it with --cli-input-json.",
                },
            });
            return [];
        }
    }

    private static ErrorRecord NotRead(Exception fault, string path, string message) => new(fault, "DefinitionNotFound", ErrorCategory.ObjectNotFound, path)
    {
        ErrorDetails = new(message) { RecommendedAction = "Check -Path, and who may read it." },
    };
}
