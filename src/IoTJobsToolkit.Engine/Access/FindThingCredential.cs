namespace IoTJobsToolkit.Engine.Access;

/// <summary>The credential that a device shows; asked by servers, not by callers.</summary>
internal sealed record FindThingCredential(string ThingName, string CredentialId) : Operation<FoundThingCredential>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override FoundThingCredential Run(JobsTransaction tx) =>
        new(tx.FindThing(ThingName) is { } thing ? tx.Store.FindThingCredential(thing.Sequence, CredentialId) : null);
}

internal sealed record FoundThingCredential(ThingCredential? Credential);
