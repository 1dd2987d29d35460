using System.Runtime.CompilerServices;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of thing groups; where a cmdlet takes only dynamic or only static ones, of those, unless they are many.</summary>
public sealed class ThingGroupNameCompleter : LiveCompleter
{
    private const int FewEnoughToAsk = 60;

    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        if (OnlyDynamic(search.Command, search.Parameter) is not { } dynamic)
        {
            await AddAsync(lease.Jobs, search, search.Prefix, group => group.GroupName, cancellationToken).ConfigureAwait(false);
            return;
        }
        var fitting = new List<GroupNameAndArn>();
        await foreach (var group in ReadAsync(lease.Jobs, search.Prefix, cancellationToken).ConfigureAwait(false))
        {
            fitting.Add(group);
            if (fitting.Count > FewEnoughToAsk)
            {
                await AddAsync(lease.Jobs, search, search.Prefix, other => other.GroupName, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        var asked = fitting.DistinctBy(group => group.GroupName).Select(group => lease.Jobs.ExecuteAsync(new DescribeThingGroup(group.GroupName), cancellationToken)).ToList();
        foreach (var group in await Task.WhenAll(asked).ConfigureAwait(false))
        {
            if (group.QueryString is not null == dynamic)
            {
                search.Add(group.ThingGroupName, group.QueryString ?? group.ThingGroupProperties.ThingGroupDescription);
            }
        }
    }

    /// <param name="prefix">How the names begin, in any case.</param>
    /// <param name="name">What is added of a group.</param>
    internal static async Task AddAsync(
        IJobs jobs, NameSearch search, string prefix, Func<GroupNameAndArn, string> name, CancellationToken cancellationToken)
    {
        await foreach (var group in ReadAsync(jobs, prefix, cancellationToken).ConfigureAwait(false))
        {
            search.Add(name(group), group.GroupArn);
            if (search.IsEnough)
            {
                return;
            }
        }
    }

    /// <summary>First those with the beginning as it is typed, for which the list has a filter; then those with it in any case, some of them again.</summary>
    private static async IAsyncEnumerable<GroupNameAndArn> ReadAsync(
        IJobs jobs, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var filter in prefix.Length > 0 ? new[] { prefix, null } : [null])
        {
            string? token = null;
            do
            {
                var page = await jobs.ExecuteAsync(new ListThingGroups { NamePrefixFilter = filter, NextToken = token }, cancellationToken).ConfigureAwait(false);
                foreach (var group in page.ThingGroups.Where(group => group.GroupName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                {
                    yield return group;
                }
                token = page.NextToken;
            }
            while (token is not null);
        }
    }

    /// <summary>Null where every group will do, as for a parent.</summary>
    private static bool? OnlyDynamic(string command, string parameter) => parameter != "ThingGroupName" || command.Split('-') is not [var verb, var noun]
        ? null
        : (verb.ToUpperInvariant(), noun.ToUpperInvariant()) switch
        {
            ("UPDATE" or "REMOVE", var dynamic) when dynamic.EndsWith("IOTDYNAMICTHINGGROUP", StringComparison.Ordinal) => true,
            ("UPDATE" or "REMOVE", var any) when any.EndsWith("IOTTHINGGROUP", StringComparison.Ordinal) => false,
            _ => null,
        };
}
