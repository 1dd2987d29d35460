using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Writes all that happened to jobs, then to each of their executions, into a file of JSON Lines. The file is there when it is whole.</summary>
[Cmdlet(VerbsData.Export, "IoTJobHistory", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportIoTJobHistoryCommand : ChangingCmdlet
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<string> _jobs = [];

    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>The file; one that is there is replaced with -Force only.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord() => _jobs.AddRange(JobIds(JobId).Select(job => job.Name));

    protected override void EndProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (File.Exists(path) && !Force)
        {
            ThrowTerminatingError(new(new IOException($"The file {path} is there already."), "FileExists", ErrorCategory.ResourceExists, path)
            {
                ErrorDetails = new($"The file {path} is there already.") { RecommendedAction = "Give another -Path, or replace it with -Force." },
            });
        }
        if (_jobs.Count > 0 && Wants(path, _jobs.Count == 1 ? $"Write the history of {_jobs[0]}" : $"Write the history of {_jobs.Count} jobs"))
        {
            Write(path);
        }
        base.EndProcessing();
    }

    protected override string? SelectOr(string? answer) => Select ?? (PassThru ? Selection.Whole : null);

    private void Write(string path)
    {
        var refusals = Refusals;
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new StreamWriter(part))
            {
                foreach (var line in _jobs.Distinct(StringComparer.Ordinal).SelectMany(Lines))
                {
                    file.WriteLine(JsonSerializer.Serialize(line, Json));
                }
            }
            if (refusals == Refusals)
            {
                File.Move(part, path, overwrite: Force);
                Write(new FileInfo(path), path, null);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new(fault, "FileNotWritten", ErrorCategory.WriteError, path)
            {
                ErrorDetails = new($"The file {path} could not be written: {fault.Message}") { RecommendedAction = "See that the folder is there, may be written, and has room." },
            });
        }
        finally
        {
            File.Delete(part);
        }
    }

    private IEnumerable<JobHistoryLine> Lines(string id)
    {
        var refusals = Refusals;
        foreach (var line in Every(id, token => new ListJobHistory(id) { NextToken = token }, page => (page.Changes.Select(JobHistoryLine.Of), page.NextToken)))
        {
            yield return line;
        }
        if (refusals != Refusals)
        {
            yield break;
        }
        foreach (var line in Every(id, token => new ListJobExecutionHistory(id) { NextToken = token }, page => (page.Changes.Select(JobHistoryLine.Of), page.NextToken)))
        {
            yield return line;
        }
    }
}
