using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes jobs, with the counts of their executions.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJob")]
[OutputType(typeof(DescribeJobResponse))]
public sealed class GetIoTJobCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them; all jobs where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] JobId { get; set; } = ["*"];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? BeforeSubstitution { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var id in JobId)
        {
            if (WildcardPattern.ContainsWildcardCharacters(id))
            {
                DescribeMatching(id);
            }
            else
            {
                Send(Describe(id), id);
            }
        }
    }

    private void DescribeMatching(string pattern)
    {
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        foreach (var job in Every(pattern, token => new ListJobs { NextToken = token }, response => (response.Jobs, response.NextToken)))
        {
            if (wanted.IsMatch(job.JobId) && Find(Describe(job.JobId), job.JobId) is { } described)
            {
                Write(described, job.JobId, Selection.Whole);
            }
        }
    }

    private DescribeJob Describe(string id) => new(id) { BeforeSubstitution = BeforeSubstitution };
}
