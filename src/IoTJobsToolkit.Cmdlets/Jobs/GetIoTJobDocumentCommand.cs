using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Writes the document of a job as it was stored, placeholders untouched.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobDocument")]
[OutputType(typeof(string))]
public sealed class GetIoTJobDocumentCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? BeforeSubstitution { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (id, isListed) in JobIds(JobId))
        {
            Describe(new GetJobDocument(id) { BeforeSubstitution = BeforeSubstitution }, id, isListed, nameof(GetJobDocumentResponse.Document));
        }
    }
}
