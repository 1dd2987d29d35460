namespace IoTJobsToolkit.Engine.Activities;

/// <summary>Which door an operator's call came through. What a client says of itself is believed: this tells doors apart, not people.</summary>
public enum CallOrigin
{
    /// <summary>The HTTP API, or a program with the engine in it.</summary>
    API,

    /// <summary>The PowerShell module, in process or by way of a server.</summary>
    CMDLET,

    /// <summary>The portal's pages.</summary>
    PORTAL,
}
