using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Where a group stands in its tree.</summary>
internal static class GroupTree
{
    extension(ThingGroup group)
    {
        /// <summary>The group itself, its parent, and so on up to the root.</summary>
        public IEnumerable<ThingGroup> Ancestry(JobsTransaction tx)
        {
            for (var current = group; current is not null;
                current = current.ParentSequence is { } parent ? tx.FindGroup(parent) : null)
            {
                yield return current;
            }
        }

        public ThingGroup Root(JobsTransaction tx) => group.Ancestry(tx).Last();
    }
}
