using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Writes how jobs stand, each time that they have changed, until they have ended.</summary>
[Cmdlet(VerbsCommon.Watch, "IoTJob")]
[OutputType(typeof(JobChange))]
[OutputType(typeof(ExecutionStatusChange))]
[OutputType(typeof(System.Management.Automation.Job))]
public sealed class WatchIoTJobCommand : WaitingCmdlet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, JobChange> _last = [];
    private readonly Dictionary<string, ListedExecutions> _lists = [];

    /// <summary>Jobs which a look found to have ended: the feed may have missed that, or the engine may be no more.</summary>
    private readonly HashSet<string> _over = [];

    /// <summary>Writes each execution which has another status, instead of the counts of the job.</summary>
    [Parameter]
    public SwitchParameter Execution { get; set; }

    private protected override bool WantsExecutions => Execution;

    private protected override void Follow(IReadOnlyList<string> jobIds)
    {
        var feed = Changes.Executions;
        var lists = Execution && feed is null;
        foreach (var id in jobIds)
        {
            if (Look(id, isFirst: true, Stopped) is not Sight.Seen { Job: var job })
            {
                Forget(id);
                continue;
            }
            if (lists)
            {
                _lists[id] = new(id);
                ReadExecutions(id);
            }
            WriteVerbose($"Job {id} is followed from now on.");
            See(id, job);
        }
        while (Left.Count > 0)
        {
            var heard = Next(_over.Count > 0 ? TimeSpan.Zero : Patience).ToList();
            if (feed is null)
            {
                heard.ForEach(LookAgain);
            }
            else
            {
                WriteChanges(feed);
                _over.UnionWith(heard.Where(id => Left.Contains(id) && IsOver(id)));
            }
        }
    }

    private void LookAgain(string id)
    {
        switch (Look(id, isFirst: false, Stopped))
        {
            case Sight.Seen { Job: var job }:
                See(id, job);
                break;
            case Sight.Gone:
                Next(id, null);
                Forget(id);
                break;
            case Sight.Refused:
                Forget(id);
                break;
            default:
                Changes.Saw(id, hasChanged: false);
                break;
        }
    }

    private void See(string id, DescribeJobResponse job)
    {
        var hasChanged = Next(id, job);
        if (hasChanged && _lists.ContainsKey(id))
        {
            ReadExecutions(id);
        }
        Changes.Saw(id, hasChanged);
        if (job is { HasEnded: true, Job.IsConcurrent: false })
        {
            Forget(id);
        }
    }

    /// <returns>Whether it differs from what was written last.</returns>
    private bool Next(string id, DescribeJobResponse? job)
    {
        var now = TimeProvider.System.GetUtcNow();
        var next = !_last.TryGetValue(id, out var last)
            ? new(id) { At = now, Status = job?.Status, Counts = job?.Counts ?? default }
            : last.Next(job?.Status, job?.Counts ?? last.Counts, now);
        if (last is not null && (last.Status, last.Counts) == (next.Status, next.Counts))
        {
            return false;
        }
        _last[id] = next;
        if (!Execution)
        {
            Write(next, id, Selection.Whole);
        }
        return true;
    }

    private void WriteChanges(ExecutionFeed feed)
    {
        if (feed.Drain(out var changes))
        {
            WriteWarning("The job changes faster than its changes are taken down the pipeline: some were left out.");
        }
        foreach (var change in changes)
        {
            Write(change, change.JobId, Selection.Whole);
        }
        // What a look has found is older than all that was in the feed by then: that is written now.
        foreach (var id in feed.Over.Union(_over).Where(Left.Contains).ToList())
        {
            Forget(id);
        }
        _over.Clear();
    }

    private bool IsOver(string id) => Look(id, isFirst: false, Stopped) switch
    {
        Sight.Seen { Job: var job } => job is { HasEnded: true, Job.IsConcurrent: false },
        Sight.Unclear => false,
        _ => true,
    };

    private void ReadExecutions(string id)
    {
        var list = Every(id, token => new ListJobExecutionsForJob(id) { NextToken = token }, page => (page.ExecutionSummaries, page.NextToken));
        foreach (var change in _lists[id].Compare(list))
        {
            Write(change, id, Selection.Whole);
        }
    }
}
