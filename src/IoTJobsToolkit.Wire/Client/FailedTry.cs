using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>What a failed try leaves behind.</summary>
internal enum Aftermath
{
    /// <summary>Another try would end like this one.</summary>
    Refused,

    /// <summary>Nothing has happened, and another try may go well.</summary>
    NotDone,

    /// <summary>It may have been carried out, or not.</summary>
    Unknown,
}

/// <param name="Refusal">What the caller is told when there is no further try.</param>
/// <param name="RetryAfter">How long the server asks to be left alone.</param>
/// <param name="ServerTime">Given when it was refused for its time of signing: what the time is for the server.</param>
internal sealed record FailedTry(Aftermath Aftermath, JobsException Refusal, TimeSpan? RetryAfter = null, DateTimeOffset? ServerTime = null)
{
    private const string Doubt = "It is not known whether it was carried out: look before you send it again.";

    /// <summary>The refusal, when it was the last try of an operation which must not be sent twice unseen.</summary>
    public JobsException InDoubt() => new(Refusal.Error, $"{Refusal.Message} {Doubt}", Refusal.InnerException ?? Refusal) { Name = Refusal.Name };
}
