using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Bulk;

/// <summary>Something destructive done to many jobs, one after the other: it says in numbers what it will do, and is asked once.</summary>
public abstract record JobsAction(IReadOnlyList<string> JobIds, bool Force)
{
    public abstract string Label { get; }

    public abstract string Question { get; }

    /// <summary>What has happened to a job afterwards, such as <c>canceled</c>.</summary>
    public abstract string Done { get; }

    /// <summary>Whether the operator may leave a reason code and a comment.</summary>
    public virtual bool TakesReason => false;

    public abstract bool IsPossible(JobDetail job);

    public abstract OperatorAction Of(string jobId);

    /// <summary>What it would do now.</summary>
    /// <param name="jobs">Those of the jobs which are there.</param>
    public ActionEffect Effect(IReadOnlyList<JobDetail> jobs)
    {
        var possible = jobs.Where(IsPossible).ToList();
        var stays = Stays(jobs, jobs.Count - possible.Count);
        return possible.Count == 0
            ? new($"Nothing is left to do this way. {stays}".TrimEnd(), null)
            : new($"{Effects(possible)} {stays}".TrimEnd(), $"{Verb} {Jobs(possible.Count)}");
    }

    protected abstract string Verb { get; }

    protected abstract string Effects(IReadOnlyList<JobDetail> possible);

    /// <summary>Why a job which stays does, such as <c>have ended already</c>.</summary>
    protected abstract string Why(JobDetail job, bool isOne);

    protected static string Jobs(int count) => ((long)count).Figure("job", "jobs");

    /// <summary>How many of those that were chosen are left alone, by reason.</summary>
    private string Stays(IReadOnlyList<JobDetail> jobs, int left)
    {
        var reasons = jobs.Where(job => !IsPossible(job))
            .GroupBy(job => Why(job, isOne: false))
            .Select(group => group.Count() == 1
                ? $"1 of the {JobIds.Count} {Why(group.First(), isOne: true)}"
                : $"{((long)group.Count()).Figure()} of the {((long)JobIds.Count).Figure()} {group.Key}");
        if (JobIds.Count - jobs.Count is var gone and > 0)
        {
            reasons = reasons.Append(gone == 1 ? "1 is gone already" : $"{((long)gone).Figure()} are gone already");
        }
        var text = string.Join("; ", reasons);
        return text.Length == 0 ? "" : text + ".";
    }

    private protected static string Is(JobStatus status, bool isOne) => $"{(isOne ? "is" : "are")} {status.Words().ToLowerInvariant()}";
}
