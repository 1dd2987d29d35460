using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Components.Refusals;

/// <summary>A refusal as a page shows it: what was said, and what to do next. The one place where pages word refusals.</summary>
public sealed record Refusal(string Title, string Message, string NextStep)
{
    public static Refusal Of(JobsException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var (title, next) = exception.Error switch
        {
            JobsError.ResourceNotFound =>
                ("It is not there", "It was deleted, or its name is spelled differently. Look for it in its list: capitals matter."),
            JobsError.InvalidStateTransition or JobsError.VersionConflict or JobsError.TerminalState =>
                ("Its state does not allow this", "It may have changed since you looked. The figures on the page are up to date: decide again from them."),
            JobsError.LimitExceeded =>
                ("A limit is reached", "Nothing was changed. Wait until some of the work in progress has finished, then try again."),
            JobsError.Throttling =>
                ("Too many requests", "Nothing was changed. Wait a moment, then try again."),
            JobsError.AccessDenied =>
                ("You may not do this", "Ask somebody whose role allows it, or sign in with another account."),
            JobsError.ServiceUnavailable or JobsError.InternalFailure =>
                ("The jobs engine does not answer", "Try again. If it stays like this, look at the server's log, check the disk of the database, and restart the server."),
            JobsError.ResourceAlreadyExists or JobsError.Conflict =>
                ("The name is taken", "Choose another, or delete what has it first."),
            _ => ("The request was refused", "Correct what the message names, then try again."),
        };
        return new(title, exception.Message, next);
    }

    /// <summary>A fault nobody foresaw.</summary>
    public static Refusal OfFault(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is JobsException refused
            ? Of(refused)
            : new("Something went wrong", exception.Message, "Look at the page whether it was done, then try again. The server's log has more.");
    }
}
