using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>
/// ARNs of what the parameter takes. Before a name is begun there are a few of each kind; with the kind written, its names are searched.
/// </summary>
/// <param name="kinds">As they stand in ARNs.</param>
public abstract class ArnCompleter(params string[] kinds) : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        var prefix = await lease.ArnPrefix(cancellationToken).ConfigureAwait(false);
        foreach (var kind in kinds)
        {
            var stem = $"{prefix}{kind}/";
            if (stem.StartsWith(search.Prefix, StringComparison.OrdinalIgnoreCase) || search.Prefix.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            {
                await AddAsync(lease, search, kind, stem, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Task AddAsync(Lease lease, NameSearch search, string kind, string stem, CancellationToken cancellationToken)
    {
        var name = search.Prefix.Length > stem.Length ? search.Prefix[stem.Length..] : "";
        return kind switch
        {
            "thing" => ThingNames.FindAsync(lease, name, (thing, toolTip) => search.Add(stem + thing, toolTip), () => search.IsEnough, cancellationToken),
            "thinggroup" => ThingGroupNameCompleter.AddAsync(lease.Jobs, search, name, group => group.GroupArn, cancellationToken),
            "job" => JobIdCompleter.AddAsync(lease.Jobs, search, null, job => job.JobArn, cancellationToken),
            _ => JobTemplates.AddAsync(lease.Jobs, search, template => template.JobTemplateArn, cancellationToken),
        };
    }
}

/// <summary>Thing groups, and things: what a job can target.</summary>
public sealed class TargetArnCompleter() : ArnCompleter("thinggroup", "thing");

/// <summary>What can have tags.</summary>
public sealed class TaggedArnCompleter() : ArnCompleter("job", "jobtemplate", "thinggroup");

public sealed class JobArnCompleter() : ArnCompleter("job");

public sealed class ThingArnCompleter() : ArnCompleter("thing");

public sealed class ThingGroupArnCompleter() : ArnCompleter("thinggroup");
