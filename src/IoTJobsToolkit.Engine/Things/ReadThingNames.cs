using IoTJobsToolkit.Engine.Operations;

namespace IoTJobsToolkit.Engine.Things;

/// <summary>Names of things which begin so, ordinal; asked by the portal, not by callers.</summary>
internal sealed record ReadThingNames(string Prefix, int Take) : Operation<IReadOnlyList<string>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    /// <summary>Whatever is longer than the prefix and begins with it follows right behind it.</summary>
    internal override IReadOnlyList<string> Run(JobsTransaction tx) =>
    [
        .. (Prefix.Length > 0 && tx.Store.FindThing(Prefix) is { } same ? [same.Name] : Enumerable.Empty<string>())
            .Concat(tx.Store.ReadThings(Prefix.Length > 0 ? Prefix : null, Take).Select(thing => thing.Name))
            .TakeWhile(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Take(Take),
    ];
}
