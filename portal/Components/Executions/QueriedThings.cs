using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Indexing;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>The things that a query of executions means by a group or an attribute: read once, and again after a minute, as members come and go.</summary>
internal sealed class QueriedThings(JobsEngine engine, IJobs jobs, TimeProvider clock)
{
    private const int Page = 2_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private string? _group;
    private string? _attribute;
    private DateTimeOffset _readAt;

    /// <summary>Null where the query asks for neither, and until they were read.</summary>
    public ThingSet? Things { get; private set; }

    /// <summary>They are read, as far as they are asked for.</summary>
    public bool IsReady { get; private set; } = true;

    /// <summary>Why there are none; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public async Task<bool> ReadAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        var isSame = query.Group == _group && query.Attribute == _attribute;
        if (isSame && (query is { Group: null, Attribute: null } || clock.GetUtcNow() - _readAt < Kept))
        {
            return false;
        }
        if (!isSame)
        {
            (Things, Problem, IsReady) = (null, null, query is { Group: null, Attribute: null });
        }
        (_group, _attribute, _readAt) = (query.Group, query.Attribute, clock.GetUtcNow());
        var (things, problem) = await FindAsync(query, cancellationToken);
        if (query.Group != _group || query.Attribute != _attribute)
        {
            return false; // Something else has been asked for since.
        }
        var isNews = !IsReady || problem != Problem || !IsAsBefore(things);
        (Things, Problem, IsReady) = (IsAsBefore(things) ? Things : things, problem, true);
        return isNews;
    }

    private bool IsAsBefore(ThingSet? things) => things is null ? Things is null : Things?.HasTheSame(things) == true;

    private async Task<(ThingSet?, string?)> FindAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var members = query.Group is { } group ? await MembersAsync(group, cancellationToken) : null;
            if (query.Attribute is not { } attribute)
            {
                return (members, null);
            }
            if (attribute.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                return (null, "An attribute is asked for with its value, such as firmware=7.");
            }
            var having = await HavingAsync(name.Trim(), value.Trim(), cancellationToken);
            return (members?.And(having) ?? having, null);
        }
        catch (JobsException refused)
        {
            return (null, refused.Message);
        }
    }

    private async Task<ThingSet> MembersAsync(string group, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        IReadOnlyList<string> page;
        do
        {
            page = await engine.ReadGroupThingsAsync(group, names.Count == 0 ? null : names[^1], Page, cancellationToken);
            names.AddRange(page);
        }
        while (page.Count == Page);
        return new(names);
    }

    private async Task<ThingSet> HavingAsync(string name, string value, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(
                new ListThings { AttributeName = name, AttributeValue = value, MaxResults = 250, NextToken = token }, cancellationToken);
            names.AddRange(page.Things.Select(thing => thing.ThingName));
            token = page.NextToken;
        }
        while (token is not null);
        return new(names);
    }
}
