namespace IoTJobsToolkit.Engine.Access;

/// <summary>What a caller of the control plane may do; each role may what those before it may.</summary>
public enum AccessRole
{
    /// <summary>Sees everything and changes nothing.</summary>
    VIEWER,

    /// <summary>Runs jobs and keeps things and groups, credentials of devices included.</summary>
    OPERATOR,

    /// <summary>Gives access to others, and may destroy history.</summary>
    ADMINISTRATOR,
}
