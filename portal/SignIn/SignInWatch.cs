using System.Net;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>An attempt to sign in, or to change one's password.</summary>
/// <param name="Who">The account's name; null where there is none of that name: people type their password there.</param>
/// <param name="How">Such as <c>password</c> or <c>OpenID</c>.</param>
internal sealed record SignInAttempt(PasswordOutcome Outcome, string? Who, IPAddress? From, string How);

/// <summary>Where all attempts to sign in pass, right and wrong ones and those that lock an account.</summary>
internal sealed partial class SignInWatch(ILogger<SignInWatch> logger)
{
    public void Tell(SignInAttempt attempt)
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
                LogRefused(logger, attempt.Who ?? "an account that does not exist", attempt.From, attempt.How, attempt.Outcome);
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
