using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Optimistic locking of the registry.</summary>
internal static class Versions
{
    extension(Thing thing)
    {
        public void RequireVersion(long? expected) => Require(expected, thing.Version);
    }

    extension(ThingGroup group)
    {
        public void RequireVersion(long? expected) => Require(expected, group.Version);
    }

    private static void Require(long? expected, long found)
    {
        if (expected is { } version && version != found)
        {
            throw JobsException.VersionConflict(version, found);
        }
    }
}
