using System.Management.Automation.Runspaces;
using IoTJobsToolkit.Cmdlets.Background;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>The runspaces of this process that have the module: what is open in it ends with the last of them.</summary>
internal static class ModuleUses
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Guid> Runspaces = [];

    public static void Begin(Runspace runspace)
    {
        lock (Gate)
        {
            if (Runspaces.Add(runspace.InstanceId))
            {
                runspace.StateChanged += OnStateChanged;
            }
        }
    }

    /// <summary>It gives the module up: what only it has used closes at once.</summary>
    public static void End(Runspace runspace)
    {
        runspace.StateChanged -= OnStateChanged;
        if (!Leave(runspace))
        {
            Connections.CloseUnused();
        }
    }

    /// <summary>A runspace that closes has not removed the module before.</summary>
    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (sender is Runspace runspace && change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            runspace.StateChanged -= OnStateChanged;
            Leave(runspace);
        }
    }

    /// <returns>Whether it was the last one.</returns>
    private static bool Leave(Runspace runspace)
    {
        BackgroundJob.EndOf(runspace.InstanceId);
        lock (Gate)
        {
            if (!Runspaces.Remove(runspace.InstanceId) || Runspaces.Count > 0)
            {
                return false;
            }
        }
        Connections.Choose(null);
        return true;
    }
}
