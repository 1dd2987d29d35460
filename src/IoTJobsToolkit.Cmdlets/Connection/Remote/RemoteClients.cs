namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>The clients of this process, one for each target, shared by its runspaces and kept from pipeline to pipeline.</summary>
internal static class RemoteClients
{
    /// <summary>Of those which nobody uses just now: calls with keys of their own leave theirs behind.</summary>
    private const int Kept = 4;

    private static readonly Lock Gate = new();
    private static readonly List<OpenClient> Open = [];

    public static RemoteLease Use(RemoteTarget target)
    {
        lock (Gate)
        {
            var client = Open.Find(open => open.Target == target);
            if (client is null)
            {
                client = new(target);
                Open.Add(client);
            }
            client.Uses++;
            return new(client, Return);
        }
    }

    /// <summary>Forgets all, with their keys; what pipelines still use goes with the last of them.</summary>
    public static void Abandon()
    {
        lock (Gate)
        {
            foreach (var client in Open)
            {
                client.IsAbandoned = true;
                if (client.Uses == 0)
                {
                    client.Dispose();
                }
            }
            Open.Clear();
        }
    }

    public static void CloseUnused()
    {
        lock (Gate)
        {
            foreach (var client in Open.FindAll(open => open.Uses == 0))
            {
                Open.Remove(client);
                client.Dispose();
            }
        }
    }

    private static void Return(OpenClient client)
    {
        lock (Gate)
        {
            client.Uses--;
            if (client.IsAbandoned)
            {
                if (client.Uses == 0)
                {
                    client.Dispose();
                }
                return;
            }
            // The one used last comes last.
            Open.Remove(client);
            Open.Add(client);
            var idle = Open.Where(open => open.Uses == 0).ToList();
            foreach (var old in idle.Take(idle.Count - Kept))
            {
                Open.Remove(old);
                old.Dispose();
            }
        }
    }
}
