using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>How many things a list of targets means, each counted once.</summary>
/// <param name="Things">So far, while it is being counted.</param>
/// <param name="First">The first names, ordinal.</param>
public sealed record TargetCount(long Things, IReadOnlyList<string> First, bool IsRunning, bool IsComplete)
{
    public static TargetCount None { get; } = new(0, [], false, true);

    /// <summary>Why it could not be counted to the end.</summary>
    public string? Problem { get; init; }
}

/// <summary>
/// Counts the things of targets beside the page: groups with their descendants, page by page, so that nobody waits for more than a page. All lists
/// are in ordinal order and are merged, so that a thing of several targets counts once without being remembered.
/// </summary>
public sealed class TargetCounter(IJobs jobs, TimeProvider clock) : IDisposable
{
    public const int Shown = 20;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource _cancellation = new();
    private TargetCount _count = TargetCount.None;
    private int _run;

    public TargetCount Count => Volatile.Read(ref _count);

    /// <summary>Stops what is being counted, and counts anew.</summary>
    /// <param name="report">Called at most four times a second, on no particular thread.</param>
    public Task CountAsync(IEnumerable<DraftTarget> targets, Func<Task> report)
    {
        Stop();
        _cancellation.Dispose();
        _cancellation = new();
        Volatile.Write(ref _count, new(0, [], IsRunning: true, IsComplete: false));
        List<DraftTarget> given = [.. targets.Where(target => target.Exists)];
        var (run, cancellationToken) = (Interlocked.Increment(ref _run), _cancellation.Token);
        return Task.Run(() => CountAsync(given, run, report, cancellationToken), CancellationToken.None);
    }

    /// <summary>What was counted so far stays.</summary>
    public void Stop() => _cancellation.Cancel();

    public void Dispose()
    {
        Interlocked.Increment(ref _run);
        Stop();
        _cancellation.Dispose();
    }

    private async Task CountAsync(List<DraftTarget> targets, int run, Func<Task> report, CancellationToken cancellationToken)
    {
        var (things, first, problem, isComplete) = (0L, new List<string>(), (string?)null, false);
        var reported = clock.GetTimestamp();
        try
        {
            await foreach (var name in MergedAsync(targets, cancellationToken))
            {
                things++;
                if (first.Count < Shown)
                {
                    first.Add(name);
                }
                if (clock.GetElapsedTime(reported) >= ReportInterval)
                {
                    await ReportAsync(isRunning: true);
                    reported = clock.GetTimestamp();
                }
            }
            isComplete = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was counted so far is said as such.
        }
        catch (JobsException refusal)
        {
            problem = refusal.Message;
        }
        await ReportAsync(isRunning: false);

        Task ReportAsync(bool isRunning)
        {
            // One that was started since reports for itself.
            if (Volatile.Read(ref _run) == run)
            {
                Volatile.Write(ref _count, new(things, [.. first], isRunning, isComplete) { Problem = problem });
                return report();
            }
            return Task.CompletedTask;
        }
    }

    private async IAsyncEnumerable<string> MergedAsync(List<DraftTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lists = targets.Where(target => target.IsGroup).Select(target => target.Name).Distinct(StringComparer.Ordinal)
            .Select(group => MembersAsync(group, cancellationToken).GetAsyncEnumerator(cancellationToken))
            .Append(NamesAsync(targets).GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<string>, string>(StringComparer.Ordinal);
            foreach (var list in lists)
            {
                await PutAsync(list);
            }
            string? last = null;
            while (heads.TryDequeue(out var list, out var name))
            {
                if (name != last)
                {
                    yield return last = name;
                }
                await PutAsync(list);
            }

            async Task PutAsync(IAsyncEnumerator<string> list)
            {
                if (await list.MoveNextAsync())
                {
                    heads.Enqueue(list, list.Current);
                }
            }
        }
        finally
        {
            foreach (var list in lists)
            {
                await list.DisposeAsync();
            }
        }
    }

    private static async IAsyncEnumerable<string> NamesAsync(List<DraftTarget> targets)
    {
        foreach (var name in targets.Where(target => !target.IsGroup).Select(target => target.Name).Order(StringComparer.Ordinal))
        {
            yield return name;
        }
        await Task.CompletedTask;
    }

    private async IAsyncEnumerable<string> MembersAsync(string group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ListThingsInThingGroupResponse? page = null;
        do
        {
            page = await jobs.ExecuteAsync(new ListThingsInThingGroup(group) { Recursive = true, NextToken = page?.NextToken }, cancellationToken);
            foreach (var name in page.Things)
            {
                yield return name;
            }
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (page.NextToken is not null);
    }
}
