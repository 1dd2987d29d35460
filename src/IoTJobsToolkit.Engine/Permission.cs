namespace IoTJobsToolkit.Engine;

/// <summary>Who may do what; asked at the one door, before anything else is looked at.</summary>
internal static class Permission
{
    public static void Demand(Operation operation, Caller caller)
    {
        if (caller.Kind != CallerKind.Device)
        {
            return;
        }
        if (operation.ActsForThing is not { } thing)
        {
            throw new JobsException(
                JobsError.AccessDenied, $"{operation.Name} is an operator's operation; {caller.Name} is a device.");
        }
        if (!string.Equals(thing, caller.ThingName, StringComparison.Ordinal))
        {
            throw new JobsException(
                JobsError.AccessDenied, $"Device {caller.ThingName} may act for its own thing only, not for {thing}.");
        }
    }
}
