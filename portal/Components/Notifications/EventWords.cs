using IoTJobsToolkit.Engine.NotificationRules;

namespace IoTJobsToolkit.Portal.Components.Notifications;

/// <summary>Events as people say them.</summary>
public static class EventWords
{
    public static string Of(NotificationEvent what) => what switch
    {
        NotificationEvent.JOB_CREATED => "Job created",
        NotificationEvent.JOB_AWAITING_APPROVAL => "Job awaits approval",
        NotificationEvent.JOB_PAUSED => "Job paused",
        NotificationEvent.JOB_COMPLETED => "Job completed",
        NotificationEvent.JOB_CANCELED => "Job canceled",
        NotificationEvent.JOB_ABORTED => "Job aborted",
        NotificationEvent.EXECUTION_FAILED => "Execution failed",
        NotificationEvent.EXECUTION_TIMED_OUT => "Execution timed out",
        _ => "Execution rejected",
    };
}
