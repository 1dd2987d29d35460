using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Activity;

/// <summary>A page of the activity, newest first.</summary>
/// <param name="Number">From 1 on.</param>
public sealed record ActivityPageOfRows(IReadOnlyList<ActivityRecord> Rows, int Number, bool HasNext);

/// <summary>
/// Turns the pages of the activity. A period such as the last hour stands still while pages are turned, and moves on with the newest page.
/// </summary>
public sealed class ActivityPages(IJobs jobs, ActivityFilter filter, TimeProvider clock, TimeZoneInfo zone)
{
    public const int PageSize = 50;

    /// <summary>Where this page and those before it begin; empty on the first.</summary>
    private readonly Stack<string> _tokens = [];
    private ListActivity? _list;
    private string? _next;
    private long _newest;

    public async Task<ActivityPageOfRows> NewestAsync(CancellationToken cancellationToken)
    {
        var list = filter.ToOperation(clock.GetUtcNow(), zone) with { MaxResults = PageSize };
        var answer = await jobs.ExecuteAsync(list, cancellationToken);
        _tokens.Clear();
        (_list, _next) = (list, answer.NextToken);
        _newest = answer.Activities is [var first, ..] ? first.Sequence : 0;
        return Page(answer);
    }

    public async Task<ActivityPageOfRows> NextAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } token)
        {
            return await NewestAsync(cancellationToken);
        }
        var answer = await jobs.ExecuteAsync(_list! with { NextToken = token }, cancellationToken);
        _tokens.Push(token);
        return Page(answer);
    }

    public async Task<ActivityPageOfRows> PreviousAsync(CancellationToken cancellationToken)
    {
        if (_tokens.Count < 2)
        {
            return await NewestAsync(cancellationToken);
        }
        var answer = await jobs.ExecuteAsync(_list! with { NextToken = _tokens.Skip(1).First() }, cancellationToken);
        _tokens.Pop();
        return Page(answer);
    }

    /// <summary>How many changes have come since the first page was read, such as <c>3</c> or <c>50 or more</c>; null where there are none.</summary>
    public async Task<string?> CountNewerAsync(CancellationToken cancellationToken)
    {
        var answer = await jobs.ExecuteAsync(filter.ToOperation(clock.GetUtcNow(), zone) with { MaxResults = PageSize }, cancellationToken);
        var count = answer.Activities.TakeWhile(activity => activity.Sequence > _newest).Count();
        return count switch
        {
            0 => null,
            PageSize => $"{PageSize} or more",
            _ => count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private ActivityPageOfRows Page(ListActivityResponse answer)
    {
        _next = answer.NextToken;
        return new(answer.Activities, _tokens.Count + 1, answer.NextToken is not null);
    }
}
