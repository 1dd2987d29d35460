namespace IoTJobsToolkit.Server.Settings;

/// <summary>What one caller, and all of them together, may take of the server (<c>Jobs:Http</c>).</summary>
public sealed record HttpLimits
{
    private const string Section = "Jobs:Http";

    /// <summary>Of one request of the API, and of a form of the portal.</summary>
    public int MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>Of all bodies of more than a few KiB that are being received or worked on at one time.</summary>
    public int MaxBodyMemoryBytes { get; init; } = 128 << 20;

    public int MaxHeaders { get; init; } = 100;

    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>Connections of HTTP at one address; a page that is open has one of <see cref="MaxLiveConnections"/> besides.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Connections that became something else than HTTP: the live connections of pages.</summary>
    public int MaxLiveConnections { get; init; } = 10_000;

    /// <summary>Of one connection of HTTP/2.</summary>
    public int MaxStreams { get; init; } = 100;

    /// <summary>What a body, or whoever reads an answer, has to reach after the first seconds; 0 for nothing.</summary>
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>From a request's first byte to the end of its headers.</summary>
    public int HeaderSeconds { get; init; } = 15;

    /// <summary>For which a connection may lie idle between two requests.</summary>
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>From the end of a request's headers to its answer.</summary>
    public int RequestSeconds { get; init; } = 60;

    /// <summary>Names of the settings below <c>Jobs</c>.</summary>
    internal static IEnumerable<string> Names =>
    [
        $"Http:{nameof(MaxBodyBytes)}", $"Http:{nameof(MaxBodyMemoryBytes)}", $"Http:{nameof(MaxHeaders)}", $"Http:{nameof(MaxHeaderBytes)}",
        $"Http:{nameof(MaxRequestLineBytes)}", $"Http:{nameof(MaxConnections)}", $"Http:{nameof(MaxLiveConnections)}", $"Http:{nameof(MaxStreams)}",
        $"Http:{nameof(MinBytesPerSecond)}", $"Http:{nameof(HeaderSeconds)}", $"Http:{nameof(KeepAliveSeconds)}", $"Http:{nameof(RequestSeconds)}",
    ];

    internal static HttpLimits Read(SettingReader settings)
    {
        var otherwise = new HttpLimits();
        int Number(string name, int min, int max, int missing) => settings.WholeNumber($"{Section}:{name}", min, max) ?? missing;
        var limits = new HttpLimits
        {
            MaxBodyBytes = Number(nameof(MaxBodyBytes), 1024, 64 << 20, otherwise.MaxBodyBytes),
            MaxBodyMemoryBytes = Number(nameof(MaxBodyMemoryBytes), 1 << 20, int.MaxValue, otherwise.MaxBodyMemoryBytes),
            MaxHeaders = Number(nameof(MaxHeaders), 20, 10_000, otherwise.MaxHeaders),
            MaxHeaderBytes = Number(nameof(MaxHeaderBytes), 4096, 1 << 20, otherwise.MaxHeaderBytes),
            MaxRequestLineBytes = Number(nameof(MaxRequestLineBytes), 1024, 1 << 20, otherwise.MaxRequestLineBytes),
            MaxConnections = Number(nameof(MaxConnections), 1, 1_000_000, otherwise.MaxConnections),
            MaxLiveConnections = Number(nameof(MaxLiveConnections), 0, 1_000_000, otherwise.MaxLiveConnections),
            MaxStreams = Number(nameof(MaxStreams), 1, 10_000, otherwise.MaxStreams),
            MinBytesPerSecond = Number(nameof(MinBytesPerSecond), 0, 1 << 20, otherwise.MinBytesPerSecond),
            HeaderSeconds = Number(nameof(HeaderSeconds), 1, 3600, otherwise.HeaderSeconds),
            KeepAliveSeconds = Number(nameof(KeepAliveSeconds), 1, 86_400, otherwise.KeepAliveSeconds),
            RequestSeconds = Number(nameof(RequestSeconds), 1, 3600, otherwise.RequestSeconds),
        };
        return limits.MaxBodyMemoryBytes >= limits.MaxBodyBytes
            ? limits
            : throw SettingReader.Refused(
                $"{Section}:{nameof(MaxBodyMemoryBytes)}", $"{limits.MaxBodyMemoryBytes}", $"at least {Section}:{nameof(MaxBodyBytes)}, {limits.MaxBodyBytes}");
    }
}
