namespace IoTJobsToolkit.Engine.Activities;

/// <summary>What kind of thing was changed.</summary>
public enum ActivitySubject
{
    JOB,

    /// <summary>Named by its job and its thing: <c>JOBID/THINGNAME</c>.</summary>
    JOB_EXECUTION,

    JOB_TEMPLATE,

    THING,

    THING_GROUP,

    ACCESS_KEY,

    /// <summary>Which events the installation publishes; there is one.</summary>
    EVENT_CONFIGURATION,

    /// <summary>Jobs that ended long ago, all together.</summary>
    JOB_HISTORY,

    /// <summary>How long ended jobs are kept; there is one.</summary>
    RETENTION,

    /// <summary>Somebody who signs in at the portal.</summary>
    PORTAL_ACCOUNT,

    /// <summary>The virtual clock by which jobs go; there is one.</summary>
    CLOCK,

    /// <summary>A simulated fleet.</summary>
    SIMULATION,

    /// <summary>Who is told of what.</summary>
    NOTIFICATION_RULE,
}
