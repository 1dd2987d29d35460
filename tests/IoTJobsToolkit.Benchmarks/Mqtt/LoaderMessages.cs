namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>What the loader is to do: a line of JSON each.</summary>
/// <param name="Fleet">Which of its connected fleets.</param>
internal sealed record LoaderCommand(LoaderVerb Verb, string Fleet)
{
    public int Port { get; init; }

    /// <summary>Names of things and their tokens.</summary>
    public IReadOnlyList<(string Thing, string Token)> Devices { get; init; } = [];

    public string JobId { get; init; } = "";

    public int InFlight { get; init; }

    public double Seconds { get; init; }
}

internal enum LoaderVerb
{
    /// <summary>Connects a fleet.</summary>
    Connect,

    /// <summary>Breaks the connections of a fleet.</summary>
    Leave,

    /// <summary>Asks for pending executions.</summary>
    Get,

    /// <summary>Updates executions of a job.</summary>
    Update,

    /// <summary>From now on the devices do a job when they are told of it.</summary>
    BeginJob,

    EndJob,
}

internal sealed record LoaderAnswer
{
    /// <summary>What went wrong; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Answers a second.</summary>
    public double Rate { get; init; }

    /// <summary>How long each answer was waited for, in milliseconds.</summary>
    public float[] Waits { get; init; } = [];

    /// <summary>The payload of one answer.</summary>
    public byte[] Sample { get; init; } = [];

    public JobSeen? Seen { get; init; }
}

/// <param name="Ended">Devices which ended their execution.</param>
/// <param name="LastEndedAt">A timestamp of this machine.</param>
/// <param name="ToldWrongly">Devices which were not told once that the job is next.</param>
/// <param name="NumberedWrongly">Devices which saw another execution than the first one.</param>
internal sealed record JobSeen(int Ended, long LastEndedAt, int ToldWrongly, int NumberedWrongly, int Rejected);
