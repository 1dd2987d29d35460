using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>How a run of the server begins and ends (<see cref="ConnectivityRun"/>).</summary>
internal static class ConnectivityRuns
{
    /// <summary>The run that lasts; begun where there is none.</summary>
    public static long Current(JobsTransaction tx)
    {
        if (tx.FindCurrentRun() is { } current)
        {
            return current.Sequence;
        }
        var run = new ConnectivityRun(tx.NextSequence());
        tx.Save(run);
        return run.Sequence;
    }

    /// <summary>
    /// Ends what lasts, and what an engine before this one left open. Groups which look at connectivity are built anew, by slices: that takes
    /// the things out, and jobs follow.
    /// </summary>
    public static void End(JobsTransaction tx, DisconnectReason reason)
    {
        var open = new[] { tx.Memory.Connectivity.LeftOpen, tx.FindCurrentRun() }.OfType<ConnectivityRun>().ToList();
        foreach (var run in open)
        {
            tx.Save(run with { EndedAt = tx.Now, EndReason = reason });
        }
        foreach (var group in open.Count > 0 ? DynamicGroups.LookingAtConnectivity(tx).ToList() : [])
        {
            tx.Save(group, group with
            {
                Status = group.Status == ThingGroupStatus.BUILDING ? ThingGroupStatus.BUILDING : ThingGroupStatus.REBUILDING,
                BuildingSince = tx.Now,
                BuiltUpTo = null,
            });
        }
    }
}
