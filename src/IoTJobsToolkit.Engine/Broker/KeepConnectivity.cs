using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>
/// Who connected and who is not connected any more; told by the broker, not by callers. The changes count in their order; of what a thing did
/// within them, groups and jobs see the outcome only (jobs-reference 4.8). What is no thing, or was not connected, changes nothing.
/// </summary>
internal sealed record KeepConnectivity(IReadOnlyList<ConnectivityChange> Changes) : Operation<Nothing>
{
    public const int MaxChanges = 500;

    internal override void Validate(Check check)
    {
        check.Count("changes", Changes, 0, MaxChanges);
        foreach (var change in Changes)
        {
            check.ThingName(change.ThingName);
            check.ClientId("clientId", change.ClientId);
            check.Defined("reason", change.Reason);
        }
    }

    internal override Nothing Run(JobsTransaction tx)
    {
        var changed = new Dictionary<long, Thing>();
        foreach (var change in Changes)
        {
            if (tx.FindThing(change.ThingName) is { } thing && After(tx, thing, change) is { } connectivity)
            {
                tx.Save(thing, connectivity);
                changed[thing.Sequence] = thing;
            }
        }
        if (changed.Count > 0 && DynamicGroups.AnyLooksAtConnectivity(tx))
        {
            foreach (var thing in changed.Values)
            {
                Membership.Refresh(tx, thing, thing);
            }
        }
        return Nothing.Value;
    }

    private static ThingConnectivity? After(JobsTransaction tx, Thing thing, ConnectivityChange change)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(change.At.ToUnixTimeMilliseconds());
        if (change.Connected)
        {
            return new(thing.Sequence, true, at, change.ClientId, ConnectivityRuns.Current(tx));
        }
        return tx.FindConnected(thing.Sequence) is { } connected && connected.ClientId == change.ClientId
            ? connected with { Connected = false, Timestamp = at, DisconnectReason = change.Reason ?? DisconnectReason.UNKNOWN }
            : null;
    }
}

/// <summary>The server ends: nothing is connected from now on, until something connects again.</summary>
internal sealed record EndConnectivity : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override Nothing Run(JobsTransaction tx)
    {
        ConnectivityRuns.End(tx, DisconnectReason.SERVER_INITIATED_DISCONNECT);
        return Nothing.Value;
    }
}
