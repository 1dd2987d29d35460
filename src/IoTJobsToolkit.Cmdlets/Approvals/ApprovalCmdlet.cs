using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Decides on jobs that wait for approval.</summary>
public abstract class ApprovalCmdlet : ChangingCmdlet
{
    /// <summary>Ids, or wildcards over those of jobs that wait for approval.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApprovalJobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>For people.</summary>
    [Parameter]
    public string? Comment { get; set; }

    protected override string Identity => nameof(JobId);

    /// <summary>As in "Approve job".</summary>
    private protected abstract string Verb { get; }

    private protected abstract Operation<Nothing> Decide(string jobId);

    protected override void ProcessRecord()
    {
        foreach (var id in JobId.SelectMany(Waiting))
        {
            if (Wants(id, $"{Verb} job"))
            {
                Send(Decide(id), id, null);
            }
        }
    }

    private IEnumerable<string> Waiting(string id) => WildcardPattern.ContainsWildcardCharacters(id)
        ? Every(id, token => new ListJobApprovals { NextToken = token }, page => (page.Jobs.Select(job => job.JobId), page.NextToken))
            .Where(Selection.Wildcard(id).IsMatch)
            .ToList()
        : [id];
}
