using System.Management.Automation.Runspaces;
using IoTJobsToolkit.Cmdlets.Connection.Remote;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>Which connection counts in this process, for all its runspaces: the chosen one, the environment's, or the default database.</summary>
internal static class Connections
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Uri> Seen = [];
    private static readonly Dictionary<Guid, JobsConnection> Pinned = [];
    private static JobsConnection? _chosen;

    static Connections() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoteClients.Abandon();

    /// <exception cref="ConnectionException">The environment names a server that cannot be.</exception>
    public static JobsConnection Current
    {
        get
        {
            lock (Gate)
            {
                return Pin() ?? _chosen ?? ServerConnection.FromEnvironment() ?? (JobsConnection)FileConnection.Default;
            }
        }
    }

    /// <summary>The connection of one call, with what it says itself about where to call and with which keys.</summary>
    /// <exception cref="ConnectionException">What it says cannot be.</exception>
    public static JobsConnection For(CallParameters call)
    {
        var current = Current;
        if (call.Endpoint() is { } endpoint)
        {
            return current is AwsConnection || AwsConnection.IsAws(endpoint)
                ? Aws(current, call) with { Endpoint = endpoint }
                : new ServerConnection(endpoint)
                {
                    GivenRegion = call.Region() ?? (current as ServerConnection)?.GivenRegion,
                    GivenKeys = call.Keys() ?? (current as ServerConnection)?.GivenKeys,
                    GivenAuthoritiesPath = (current as ServerConnection)?.GivenAuthoritiesPath,
                };
        }
        return current is AwsConnection ? Aws(current, call) : current;
    }

    /// <param name="connection">Null for the environment's or the default one.</param>
    /// <returns>The databases which could not be closed, and why.</returns>
    public static IReadOnlyList<CloseFailure> Choose(JobsConnection? connection)
    {
        lock (Gate)
        {
            _chosen = connection;
            Seen.Clear();
            if (connection?.Address is { } address)
            {
                Seen.Add(address);
            }
            RemoteClients.Abandon();
            return Database.Keep(connection as FileConnection);
        }
    }

    /// <summary>True the first time that an address is named since the last choice.</summary>
    public static bool IsNew(Uri address)
    {
        lock (Gate)
        {
            return Seen.Add(address);
        }
    }

    /// <summary>One runspace stays with a connection, whatever is chosen meanwhile.</summary>
    public static void Pin(Guid runspace, JobsConnection connection)
    {
        lock (Gate)
        {
            Pinned[runspace] = connection;
        }
    }

    public static void Unpin(Guid runspace)
    {
        lock (Gate)
        {
            Pinned.Remove(runspace);
        }
    }

    /// <summary>Closes what nobody uses just now.</summary>
    public static void CloseUnused()
    {
        lock (Gate)
        {
            RemoteClients.CloseUnused();
            Database.CloseUnused();
        }
    }

    private static JobsConnection? Pin() => Runspace.DefaultRunspace is { } runspace ? Pinned.GetValueOrDefault(runspace.InstanceId) : null;

    private static AwsConnection Aws(JobsConnection current, CallParameters call)
    {
        var aws = current as AwsConnection;
        var region = call.Region() ?? aws?.Region ?? Keys.EnvironmentKeys.Region ?? throw CallParameters.NoRegion();
        var connection = aws is null ? new AwsConnection(region) : aws with { Region = region };
        return call.Keys() is { } keys ? connection with { Keys = keys } : connection;
    }
}
