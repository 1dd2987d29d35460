using System.Globalization;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists what operators changed, newest first; filters combine with AND.</summary>
public sealed record ListActivity : Operation<ListActivityResponse>
{
    private const int MaxText = 2048;

    /// <summary>The whole name, in whatever case.</summary>
    public string? By { get; init; }

    public CallOrigin? Origin { get; init; }

    /// <summary>AWS's name of the operation, in whatever case.</summary>
    public string? OperationName { get; init; }

    public ActivitySubject? SubjectKind { get; init; }

    /// <summary>The subject itself; of a job, what was done to its executions as well.</summary>
    public string? SubjectName { get; init; }

    /// <summary>Stands in the names of who, what and to what, or in the details, in whatever case.</summary>
    public string? Text { get; init; }

    /// <summary>Not before this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => string.Create(
        CultureInfo.InvariantCulture,
        $"ListActivity|{By}|{Origin}|{OperationName}|{SubjectKind}|{SubjectName}|{Text}|{From?.UtcTicks}|{Until?.UtcTicks}");

    internal override void Validate(Check check)
    {
        check.Length("by", By, 1, MaxText);
        check.Defined("origin", Origin);
        check.Length("operationName", OperationName, 1, MaxText);
        check.Defined("subjectKind", SubjectKind);
        check.Length("subjectName", SubjectName, 1, MaxText);
        check.Length("text", Text, 1, MaxText);
        check.MaxResults(MaxResults);
        if (Until <= From)
        {
            throw Check.Failed("until", Until, "Member must be later than from");
        }
    }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<ActivityRecord, long>? Scan { get; init; }

    internal override ListActivityResponse Run(JobsTransaction tx)
    {
        var size = MaxResults ?? Page.Default;
        long? before = PageToken.Read(List, NextToken, 1) is [var sequence] ? long.Parse(sequence, CultureInfo.InvariantCulture) : null;
        var (scan, isDone) = (Scan ?? new([], before)).Run(
            size,
            (after, take) => Recent(tx.Store.ReadActivities(after, take)),
            record => record.Sequence,
            record => Matches(record) ? record : null);
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (page, nextToken) = Page.Cut(
            scan.Found, size, last => PageToken.Write(List, last.Sequence.ToString(CultureInfo.InvariantCulture)));
        return new(page) { NextToken = nextToken };
    }

    /// <summary>Where time is over there is nothing further: a page that is cut is the last.</summary>
    private IReadOnlyList<ActivityRecord> Recent(IReadOnlyList<ActivityRecord> page) =>
        From is { } from && page is [.., var last] && last.At < from ? [.. page.TakeWhile(record => record.At >= from)] : page;

    private bool Matches(ActivityRecord record) =>
        (By is null || Same(record.By, By)) &&
        (Origin is null || record.Origin == Origin) &&
        (OperationName is null || Same(record.OperationName, OperationName)) &&
        (SubjectKind is null || record.SubjectKind == SubjectKind) &&
        (SubjectName is null || IsOf(record, SubjectName)) &&
        (Until is null || record.At < Until) &&
        (Text is null || new[] { record.By, record.OperationName, record.SubjectName, record.Details }
            .Any(text => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));

    private static bool Same(string x, string y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(ActivityRecord record, string subject) =>
        record.SubjectName == subject ||
        record.SubjectKind == ActivitySubject.JOB_EXECUTION && record.SubjectName.StartsWith(subject + '/', StringComparison.Ordinal);
}

public sealed record ListActivityResponse(IReadOnlyList<ActivityRecord> Activities)
{
    public string? NextToken { get; init; }
}
