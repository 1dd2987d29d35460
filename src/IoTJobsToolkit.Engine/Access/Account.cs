using System.Text;

namespace IoTJobsToolkit.Engine.Access;

/// <summary>Somebody who signs in to the portal with a name and a password, of which only the hash is kept.</summary>
public sealed record Account
{
    /// <summary>So many wrong passwords in a row lock an account.</summary>
    public const int MaxFailedAttempts = 5;

    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    public required long Sequence { get; init; }

    /// <summary>1 to 64 characters, unique without regard to case.</summary>
    public required string Name { get; init; }

    public required AccessRole Role { get; init; }

    /// <summary>Made and compared by <see cref="IPasswords"/>.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Another one after every change of password or role: what was signed in before no longer counts.</summary>
    public required long Stamp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Wrong passwords since the last right one, or since the last lock.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Until then the right password is refused too; null or past where the account is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public bool IsLockedAt(DateTimeOffset now) => LockedUntil > now;

    internal Account AfterWrongPassword(DateTimeOffset now) => FailedAttempts + 1 < MaxFailedAttempts
        ? this with { FailedAttempts = FailedAttempts + 1, LockedUntil = null }
        : this with { FailedAttempts = 0, LockedUntil = now + LockTime };

    internal Account Unlocked() => this with { FailedAttempts = 0, LockedUntil = null };

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name).Append(", ").Append(Role); // Its hash is for nobody's log.
        return true;
    }
}
