using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>An attempt to sign in, or to change one's password.</summary>
/// <param name="Who">The account's name; null where there is none of that name: people type their password there.</param>
/// <param name="How">Such as <c>password</c> or <c>OpenID</c>.</param>
internal sealed record SignInAttempt(PasswordOutcome Outcome, string? Who, IPAddress? From, string How)
{
    /// <summary>Of whoever signed in; null where nobody did.</summary>
    public AccessRole? Role { get; init; }
}

/// <summary>Where all attempts to sign in pass, right and wrong ones and those that lock an account.</summary>
internal sealed partial class SignInWatch(JobsEngine engine, ILogger<SignInWatch> logger)
{
    /// <summary>Who is not known by name.</summary>
    private const string Stranger = "somebody unknown";

    /// <summary>Logs an attempt and leaves it in the activity.</summary>
    public Task TellAsync(SignInAttempt attempt)
    {
        Log(attempt);
        var name = attempt.Outcome switch
        {
            PasswordOutcome.Right => "SignIn",
            PasswordOutcome.LocksAccount => "AccountLocked",
            _ => "SignInFailed",
        };
        var who = attempt.Who ?? Stranger;
        return engine.RecordActivityAsync(new(who, name, ActivitySubject.PORTAL_ACCOUNT, who)
        {
            Origin = CallOrigin.PORTAL,
            Role = attempt.Role,
            Details = $"{attempt.How}, from {attempt.From}",
        });
    }

    private void Log(SignInAttempt attempt)
    {
        switch (attempt.Outcome)
        {
            case PasswordOutcome.Right:
                LogSignedIn(logger, attempt.Who, attempt.From, attempt.How);
                break;
            case PasswordOutcome.LocksAccount:
                LogLocked(logger, attempt.Who, Account.MaxFailedAttempts, Account.LockTime.TotalMinutes, attempt.From);
                break;
            default:
                LogRefused(logger, attempt.Who ?? Stranger, attempt.From, attempt.How, attempt.Outcome);
                break;
        }
    }

    public void TellFault(string what, Exception fault) => LogFault(logger, what, fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} signed in from {From} ({How}).")]
    private static partial void LogSignedIn(ILogger logger, string? who, IPAddress? from, string how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account {Who} is locked for {Minutes} minutes after {Count} wrong passwords in a row, the last from {From}.")]
    private static partial void LogLocked(ILogger logger, string? who, int count, double minutes, IPAddress? from);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in as {Who} from {From} was refused ({How}: {Outcome}).")]
    private static partial void LogRefused(ILogger logger, string who, IPAddress? from, string how, PasswordOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}")]
    private static partial void LogFault(ILogger logger, string what, Exception fault);
}
