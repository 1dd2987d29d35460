using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Portal.Components.Things.Import;

/// <summary>Takes the lines of a file over into the registry, many at a time; a refused line stops no other.</summary>
/// <param name="createGroups">Groups that are not there are created, without a parent.</param>
public sealed class ThingImport(IJobs jobs, TimeProvider clock, ThingFile file, bool createGroups)
{
    /// <summary>The engine commits what comes together at once.</summary>
    private const int AtATime = 256;

    private static readonly TimeSpan AfterThrottling = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _groups = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<RefusedLine> _refused = [.. file.Refused];
    private int _created;
    private int _updated;
    private int _unchanged;
    private int _groupsCreated;

    public int Total { get; } = file.Lines.Count + file.Refused.Count;

    public int Created => _created;

    public int Updated => _updated;

    /// <summary>Were there already, just so.</summary>
    public int Unchanged => _unchanged;

    public int GroupsCreated => _groupsCreated;

    public int RefusedCount => _refused.Count;

    /// <summary>Lines that have been looked at.</summary>
    public int Done => Created + Updated + Unchanged + RefusedCount;

    public bool IsOver { get; private set; }

    /// <summary>What ended the import before its last line; null where nothing did, or a person.</summary>
    public JobsException? Failure { get; private set; }

    /// <summary>By line.</summary>
    public IReadOnlyList<RefusedLine> Refused => [.. _refused.OrderBy(line => line.Number)];

    /// <param name="told">Called after each line, from any thread.</param>
    public async Task RunAsync(Action told, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                file.Lines,
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
                async (line, cancellation) =>
                {
                    await TakeOverAsync(line, cancellation);
                    told();
                });
        }
        catch (JobsException exception)
        {
            Failure = exception;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody stopped it: what was taken over stays.
        }
        catch (Exception fault)
        {
            Failure = new(JobsError.InternalFailure, fault.Message, fault); // Nobody foresaw it; who waits is told all the same.
        }
        IsOver = true;
    }

    private async Task TakeOverAsync(ImportLine line, CancellationToken cancellation)
    {
        if (await RefuseGroupsAsync(line, cancellation) is { } reason)
        {
            _refused.Add(new(line.Number, reason, line.Text));
            return;
        }
        var outcome = Outcome.Unchanged;
        try
        {
            var thing = await FindAsync(line.ThingName, cancellation);
            if (thing is null)
            {
                await RunAsync(
                    new CreateThing(line.ThingName) { ThingTypeName = line.ThingType, AttributePayload = new() { Attributes = line.Attributes } }, cancellation);
                outcome = Outcome.Created;
            }
            else if (Differs(thing, line))
            {
                await RunAsync(
                    new UpdateThing(line.ThingName)
                    {
                        ThingTypeName = line.ThingType,
                        AttributePayload = new() { Attributes = line.Attributes, Merge = true },
                    },
                    cancellation);
                outcome = Outcome.Updated;
            }
            if (await MissingGroupsAsync(line, isNew: thing is null, cancellation) is { Count: > 0 } missing)
            {
                await RunAsync(new UpdateThingGroupsForThing { ThingName = line.ThingName, ThingGroupsToAdd = missing }, cancellation);
                outcome = outcome == Outcome.Unchanged ? Outcome.Updated : outcome;
            }
        }
        catch (JobsException exception) when (!Ends(exception))
        {
            var before = outcome switch { Outcome.Created => "The thing was created, but: ", Outcome.Updated => "The thing was updated, but: ", _ => "" };
            _refused.Add(new(line.Number, before + exception.Message, line.Text));
            return;
        }
        Count(outcome);
    }

    private void Count(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Created:
                Interlocked.Increment(ref _created);
                break;
            case Outcome.Updated:
                Interlocked.Increment(ref _updated);
                break;
            default:
                Interlocked.Increment(ref _unchanged);
                break;
        }
    }

    private static bool Differs(DescribeThingResponse thing, ImportLine line) =>
        line.ThingType is { } type && type != thing.ThingTypeName ||
        line.Attributes.Any(attribute => thing.Attributes.GetValueOrDefault(attribute.Key) != attribute.Value);

    private async Task<DescribeThingResponse?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(new DescribeThing(name), cancellation);
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> MissingGroupsAsync(ImportLine line, bool isNew, CancellationToken cancellation)
    {
        if (isNew || line.Groups.Count == 0)
        {
            return line.Groups;
        }
        var has = await RunAsync(new ListThingGroupsForThing(line.ThingName), cancellation);
        return [.. line.Groups.Except(has.ThingGroups.Select(group => group.GroupName), StringComparer.Ordinal)];
    }

    private async Task<string?> RefuseGroupsAsync(ImportLine line, CancellationToken cancellation)
    {
        foreach (var group in line.Groups)
        {
            var looked = _groups.GetOrAdd(group, name => new(() => RefuseGroupAsync(name, cancellation)));
            if (await looked.Value is { } reason)
            {
                return reason;
            }
        }
        return null;
    }

    /// <summary>Each group is looked at once, and created once.</summary>
    private async Task<string?> RefuseGroupAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var group = await RunAsync(new DescribeThingGroup(name), cancellation);
            return group.QueryString is null ? null : $"{name} is a dynamic group: its things follow from its query.";
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound && !createGroups)
        {
            return $"There is no group {name}: create it first, or have missing groups created.";
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound)
        {
            return await CreateGroupAsync(name, cancellation);
        }
        catch (JobsException exception) when (!Ends(exception))
        {
            return exception.Message;
        }
    }

    private async Task<string?> CreateGroupAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(new CreateThingGroup(name), cancellation);
            Interlocked.Increment(ref _groupsCreated);
            return null;
        }
        catch (JobsException exception) when (!Ends(exception))
        {
            return exception.Message;
        }
    }

    private async Task<TResponse> RunAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await jobs.ExecuteAsync(operation, cancellation);
            }
            catch (JobsException exception) when (exception.Error == JobsError.Throttling)
            {
                await Task.Delay(AfterThrottling, clock, cancellation);
            }
        }
    }

    /// <summary>Every other line would be refused as well.</summary>
    private static bool Ends(JobsException exception) =>
        exception.Error is JobsError.AccessDenied or JobsError.ServiceUnavailable or JobsError.InternalFailure;

    private enum Outcome
    {
        Unchanged,
        Updated,
        Created,
    }
}
