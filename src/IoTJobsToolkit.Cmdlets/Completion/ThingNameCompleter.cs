using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of things.</summary>
public sealed class ThingNameCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        ThingNames.FindAsync(lease, search.Prefix, search.Add, () => search.IsEnough, cancellationToken);
}
