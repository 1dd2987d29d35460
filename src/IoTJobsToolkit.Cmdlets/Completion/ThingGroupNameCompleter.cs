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
        if (DynamicOnly(search.Command, search.Parameter) is not { } dynamic)
        {
            await AddAsync(lease.Jobs, search, group => group.GroupName, cancellationToken).ConfigureAwait(false);
            return;
        }
        var all = await ReadAsync(lease.Jobs, search, cancellationToken).ConfigureAwait(false);
        if (all.Count > FewEnoughToAsk)
        {
            all.ForEach(group => search.Add(group.GroupName, group.GroupArn));
            return;
        }
        var asked = all.Select(group => lease.Jobs.ExecuteAsync(new DescribeThingGroup(group.GroupName), cancellationToken)).ToList();
        foreach (var group in await Task.WhenAll(asked).ConfigureAwait(false))
        {
            if (group.QueryString is not null == dynamic)
            {
                search.Add(group.ThingGroupName, group.QueryString ?? group.ThingGroupProperties.ThingGroupDescription);
            }
        }
    }

    internal static async Task AddAsync(IJobs jobs, NameSearch search, Func<GroupNameAndArn, string> name, CancellationToken cancellationToken)
    {
        foreach (var group in await ReadAsync(jobs, search, cancellationToken).ConfigureAwait(false))
        {
            search.Add(name(group), group.GroupArn);
        }
    }

    private static async Task<List<GroupNameAndArn>> ReadAsync(IJobs jobs, NameSearch search, CancellationToken cancellationToken)
    {
        var found = new List<GroupNameAndArn>();
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListThingGroups { NextToken = token }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.ThingGroups.Where(group => search.Fits(group.GroupName) || search.Fits(group.GroupArn)));
            token = page.NextToken;
        }
        while (token is not null && found.Count < NameSearch.Enough);
        return found;
    }

    /// <summary>Null where every group will do, as for a parent.</summary>
    private static bool? DynamicOnly(string command, string parameter) => parameter != "ThingGroupName" || command.Split('-') is not [var verb, var noun]
        ? null
        : (verb.ToUpperInvariant(), noun.ToUpperInvariant()) switch
        {
            ("UPDATE" or "REMOVE", var dynamic) when dynamic.EndsWith("IOTDYNAMICTHINGGROUP", StringComparison.Ordinal) => true,
            ("UPDATE" or "REMOVE", var any) when any.EndsWith("IOTTHINGGROUP", StringComparison.Ordinal) => false,
            _ => null,
        };
}
