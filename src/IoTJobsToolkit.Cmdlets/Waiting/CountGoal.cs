using System.Globalization;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>A number of executions in a status, or a share of all: <c>SUCCEEDED >= 100</c>, <c>FAILED > 0</c>, <c>ENDED >= 90%</c>.</summary>
/// <param name="Status">Null for those which have ended, however.</param>
internal sealed partial record CountGoal(JobExecutionStatus? Status, string Sign, decimal Bound, bool IsShare) : JobGoal
{
    private const string Ending = "ENDED";

    /// <summary>Null where the text says no such thing.</summary>
    public static CountGoal? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var name = match.Groups["status"].Value;
        JobExecutionStatus? status = Enum.TryParse<JobExecutionStatus>(name, ignoreCase: true, out var named) ? named : null;
        if (status is null && !name.Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var sign = match.Groups["sign"].Value is "==" ? "=" : match.Groups["sign"].Value;
        return new(status, sign, decimal.Parse(match.Groups["bound"].Value, CultureInfo.InvariantCulture), match.Groups["share"].Success);
    }

    internal override bool IsReachedBy(DescribeJobResponse job) =>
        !(IsShare && job.IsRollingOut) && Holds(Count(job.Counts), job.Counts.Total);

    /// <summary>Executions that have ended stay as they are; those which are pending may end in any way.</summary>
    internal override bool IsOpenTo(DescribeJobResponse job)
    {
        var (counts, count) = (job.Counts, Count(job.Counts));
        if (!job.HasAllExecutions)
        {
            return IsShare || Status is JobExecutionStatus.QUEUED or JobExecutionStatus.IN_PROGRESS || Sign is ">" or ">=" || Holds(count, 0) || Sign == "=" && count < Bound;
        }
        var (least, most) = Status switch
        {
            JobExecutionStatus.QUEUED => (0, counts.Queued),
            JobExecutionStatus.IN_PROGRESS => (0, counts.Pending),
            _ => (count, count + counts.Pending),
        };
        if (job.IsAtRest)
        {
            return Holds(count, counts.Total);
        }
        // Between the ends only an exact number is missed.
        return Holds(least, counts.Total) || Holds(most, counts.Total) ||
            Sign == "=" && Wanted(counts.Total) is var wanted && wanted > least && wanted < most && decimal.IsInteger(wanted);
    }

    internal override (long Done, long Of) Measure(DescribeJobResponse job)
    {
        if (Sign is not (">" or ">=") || IsShare && job.IsRollingOut)
        {
            return base.Measure(job);
        }
        var wanted = Wanted(job.Counts.Total);
        var needed = (long)(Sign == ">" ? decimal.Floor(wanted) + 1 : decimal.Ceiling(wanted));
        return (Math.Min(Count(job.Counts), needed), needed);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Status?.ToString() ?? Ending} {Sign} {Bound}{(IsShare ? "%" : "")}");

    private long Count(ExecutionCounts counts) => Status is { } status ? counts[status] : counts.Ended;

    private decimal Wanted(long total) => IsShare ? Bound * total / 100 : Bound;

    private bool Holds(long count, long total) => Sign switch
    {
        ">" => count > Wanted(total),
        ">=" => count >= Wanted(total),
        "<" => count < Wanted(total),
        "<=" => count <= Wanted(total),
        _ => count == Wanted(total),
    };

    [GeneratedRegex(@"^(?<status>[A-Za-z_]+)\s*(?<sign>>=|<=|==|=|>|<)\s*(?<bound>[0-9]{1,9}(\.[0-9]{1,6})?)\s*(?<share>%)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
