namespace IoTJobsToolkit.S3;

/// <summary>Credentials of a role for a while. URLs signed with them end with them.</summary>
internal sealed class RoleSession(SigningCredentials credentials, DateTimeOffset obtainedAt, DateTimeOffset expiresAt)
{
    public SigningCredentials Credentials => credentials;

    private TimeSpan Length => expiresAt - obtainedAt;

    public TimeSpan Left(DateTimeOffset now) => expiresAt - now;

    /// <summary>
    /// Whether a URL may be signed that is to live so long. No session outlives a URL of its own length, so the last five sixths of one
    /// are enough for any: that URL is cut short by a sixth of the session at the most.
    /// </summary>
    public bool Covers(TimeSpan life, DateTimeOffset now) => Left(now) >= Needed(life);

    /// <summary>Whether it is time for the next one, before anybody has to wait for it.</summary>
    public bool IsEnding(TimeSpan life, DateTimeOffset now) => Left(now) < Needed(life) + Length / 12;

    private TimeSpan Needed(TimeSpan life) => life < Length * 5 / 6 ? life : Length * 5 / 6;
}
