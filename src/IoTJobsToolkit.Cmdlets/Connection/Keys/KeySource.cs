using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Cmdlets.Connection.Keys;

/// <summary>Where the keys come from with which requests are signed.</summary>
internal abstract record KeySource
{
    /// <summary>Asked before each request; null where requests are not signed.</summary>
    public abstract Func<CancellationToken, ValueTask<SigV4Credentials>>? Reader { get; }
}

/// <summary>For servers which ask for no credentials.</summary>
internal sealed record Unsigned : KeySource
{
    public static Unsigned Instance { get; } = new();

    public override Func<CancellationToken, ValueTask<SigV4Credentials>>? Reader => null;
}

internal sealed record FixedKey(SigV4Credentials Key) : KeySource
{
    public override Func<CancellationToken, ValueTask<SigV4Credentials>>? Reader => _ => new(Key);
}
