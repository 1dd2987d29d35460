namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>What somebody may want to be told of.</summary>
public enum NotificationEvent
{
    JOB_CREATED,
    JOB_AWAITING_APPROVAL,
    JOB_PAUSED,
    JOB_COMPLETED,

    /// <summary>By an operator, a denied approval or the end of its schedule.</summary>
    JOB_CANCELED,

    /// <summary>By its own abort criteria.</summary>
    JOB_ABORTED,

    EXECUTION_FAILED,
    EXECUTION_TIMED_OUT,
    EXECUTION_REJECTED,
}

public static class NotificationEvents
{
    /// <summary>As in a message, such as <c>execution.timed_out</c>.</summary>
    public static string TypeOf(NotificationEvent what)
    {
        var words = what.ToString().Split('_', 2);
        return $"{words[0].ToLowerInvariant()}.{words[1].ToLowerInvariant()}";
    }
}
